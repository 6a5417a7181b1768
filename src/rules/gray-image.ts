/** An 8-bit grey image, row by row from the top left; 0 is black (a ridge), 255 white. */
export interface GrayImage {
  readonly width: number;
  readonly height: number;
  /** Pixels per inch in both directions. */
  readonly dpi: number;
  /** width × height bytes. */
  readonly data: Uint8Array;
}
