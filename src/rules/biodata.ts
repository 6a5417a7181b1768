/** The fields of a person's biodata, in the order in which the chip's text has them (biodata-csv.ts). */
export const BIODATA_FIELDS = [
  'nik',
  'alamat',
  'rt',
  'rw',
  'tempatLahir',
  'kecamatan',
  'kelurahan',
  'kabupaten',
  'jenisKelamin',
  'golonganDarah',
  'agama',
  'statusPerkawinan',
  'pekerjaan',
  'nama',
  'tanggalLahir',
  'provinsi',
  'kewarganegaraan',
] as const;
export type BiodataField = (typeof BIODATA_FIELDS)[number];

/** The person as the chip or the old reader tells it. All fields as written there, untouched. */
export type Biodata = Readonly<Record<BiodataField, string>>;
