/** What may be filled into an open cell: the spreadsheet itself holds whoever fills it to that. */
export type FormRule =
  | { kind: 'words'; most: number }
  | { kind: 'number' }
  | { kind: 'whole' }
  /** One of a list of the workbook. */
  | { kind: 'choice'; list: string }

/** A cell of a form: closed unless it has a rule. `look`: how it is set. */
export type FormCell = {
  value: string | number | null
  rule?: FormRule
  look?: 'title' | 'head' | 'plain'
}

export type FormSheet = {
  name: string
  widths: readonly number[]
  /** Rows that stay in sight, and columns (from the left) nobody is to see. */
  frozen: number
  hiddenColumns: number
  rows: readonly (readonly FormCell[])[]
}

/** A sheet nobody sees: keys, lists. */
export type BackSheet = { name: string; rows: readonly (readonly (string | number | null)[])[] }

export type FormBook = {
  sheets: readonly FormSheet[]
  back: BackSheet
  lists: readonly { name: string; words: readonly string[] }[]
  /** What a spreadsheet says of a value that does not keep to its rule. */
  refusal: { title: string; words: Record<FormRule['kind'], string> }
}

export const listSheet = 'lists'

/** What cells that look alike and hold to the same rule have in common. */
export function kindOf({ value, rule, look = 'plain' }: FormCell, isHidden: boolean): string {
  return JSON.stringify([look, rule ?? null, typeof value === 'number', isHidden])
}

/** Where a rule says which cells it holds. */
export const sqref = / sqref="([^"]*)"/
