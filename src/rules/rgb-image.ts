/** A colour image of 8 bits a channel in sRGB, row by row from the top left: red, green, blue. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  /** 3 × width × height bytes. */
  readonly data: Uint8Array;
}
