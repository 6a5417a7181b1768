/** The person as the chip or the old reader tells it. All fields as written there, untouched. */
export interface Biodata {
  readonly nik: string;
  readonly nama: string;
  readonly alamat: string;
  readonly rt: string;
  readonly rw: string;
  readonly tempatLahir: string;
  readonly kecamatan: string;
  readonly kelurahan: string;
  readonly kabupaten: string;
  readonly jenisKelamin: string;
  readonly golonganDarah: string;
  readonly agama: string;
  readonly statusPerkawinan: string;
  readonly pekerjaan: string;
  readonly tanggalLahir: string;
  readonly provinsi: string;
  readonly kewarganegaraan: string;
}
