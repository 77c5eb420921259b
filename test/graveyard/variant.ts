/** A flaw of another system, or of our own fears, rebuilt in our code or database. */
export type Variant = {
  name: string
  /** Where it happened. */
  source: string
  /** What the variant does, in one line. */
  flaw: string
  /** The text of our own that is replaced, which must stand once in the file; and by what. */
  in?: { file: string; find: string; replace: string }
  /** Statements run by the owner of the tables in each database a test makes. */
  sql?: string
  /** The test that must fail. */
  caughtBy: { file: string; test: string }
}
