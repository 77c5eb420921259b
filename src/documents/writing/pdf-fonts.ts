import { createRequire } from 'node:module'
import type { TFontDictionary } from 'pdfmake/interfaces.js'

/**
 * The letters of PDF files. Tinos (SIL Open Font License) has the widths of Times New Roman, which nobody may embed
 * without a licence, so that lines break alike in Word and PDF.
 */
export const pdfFont = 'Tinos'

const folder = '@expo-google-fonts/tinos'
const fileOf = (face: string) => createRequire(import.meta.url).resolve(`${folder}/${face}/Tinos_${face}.ttf`)

export const pdfFonts: TFontDictionary = {
  [pdfFont]: {
    normal: fileOf('400Regular'),
    bold: fileOf('700Bold'),
    italics: fileOf('400Regular_Italic'),
    bolditalics: fileOf('700Bold_Italic'),
  },
}

/** How much higher a line is in Word, which counts the gap the font asks for, than in the library, which does not. */
export const lineGap = 1.149 / 1.107
