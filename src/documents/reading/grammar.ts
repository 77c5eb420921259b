import type { Comparator, DutyKind, Frequency, ReadTime } from '../model.ts'

/** What a section holds, by the words of its heading. */
export type SectionRole = 'purpose' | 'targets' | 'tasks' | 'funding' | 'by-agency' | 'reporting'

/** Parts of a plan that are words and no tasks; `part` holds several, its own paragraphs go to the first. */
export type ProseHeading =
  | { part: 'purpose' | 'objectives'; pattern: RegExp }
  | { part: 'purposes' | 'requirements' | 'generalObjectives' | 'specificObjectives'; pattern: RegExp }

/** What a column of an annex table, or a labelled line in prose, holds. */
export type FieldRole =
  'number' | 'task' | 'indicator' | 'lead' | 'support' | 'actors' | 'time' | 'output' | 'funding' | 'note'

/** Kinds of printed numbering, outermost first. */
export type MarkerKind = 'part' | 'roman' | 'article' | 'decimal' | 'letter' | 'dash' | 'plus'

/**
 * How a country's officials write plans: every word and pattern the reader knows. Patterns are Unicode (`u`); those
 * named "at" are sticky (`uy`) and tried at one place in a text. `src/` holds none of these words.
 */
export interface DocumentGrammar {
  /** Language of the documents, and of the summary a person reads. */
  language: string
  /** How its texts were written down before Unicode. */
  encodings: EncodingGrammar
  letterhead: {
    nation: RegExp
    motto: RegExp
    /** Groups `number` (may be blank) and `symbol`. */
    number: RegExp
    /** Groups `place`, `day`, `month`, `year`; day and month may be blank. */
    placeDate: RegExp
    /** A body's name in capitals standing alone under a decision's title. */
    authority: RegExp
  }
  /** Types of document with their code; `symbol` finds the code within a number. */
  types: readonly { code: string; title: RegExp }[]
  symbol: RegExp
  preamble: {
    /** A paragraph that names bases. */
    start: RegExp
    /** "And" before another instrument with its own number, where no semicolon parts them. */
    together: RegExp
    /** A body's proposal; no basis when it only opens the enacting sentence. */
    proposal: RegExp
    /** Where the enacting words begin. */
    enacting: RegExp
  }
  markers: readonly { kind: MarkerKind; pattern: RegExp }[]
  sections: readonly { role: SectionRole; pattern: RegExp }[]
  /** Headings of purposes and aims, first match wins. */
  prose: readonly ProseHeading[]
  annex: {
    heading: RegExp
    /** A mention of an annex of this document. */
    mention: RegExp
    /** A mention that turns out to be of another document's annex. */
    elsewhere: RegExp
    /** A line that only says that the tasks stand in an annex, or which document this one is attached to. */
    pointer: RegExp
  }
  /** Heading words of table columns, first match wins. */
  columns: readonly { role: FieldRole; pattern: RegExp }[]
  /** A heading under which a time is the end of the work, not its length. */
  completion: RegExp
  /** Labels before a colon in prose; group `rest` is what follows. */
  fields: readonly { role: FieldRole; pattern: RegExp }[]
  agencies: AgencyGrammar
  duties: DutyGrammar
  sentences: SentenceGrammar
  /** Reads a whole time expression, or `null`; `governs` says under which heading or verb it stands. */
  readTime: (text: string, governs: 'performance' | 'completion' | null) => ReadTime | null
  /** Finds the date or rhythm that governs a sentence, or `null`; dates without a year take `defaultYear`. */
  findTime: (sentence: string, defaultYear: number | null) => ReadTime | null
  targets: TargetGrammar
  reporting: ReportingGrammar
  closing: ClosingGrammar
  /** Known broken letters of fonts and crawls, and what was meant. */
  repairs: readonly { pattern: RegExp; by: string }[]
}

/** An encoding in which letters stand for others, so that a text shows only in its own fonts. */
export interface LegacyEncoding {
  name: string
  /** Names of its fonts, and of those among them whose small letters are drawn as capitals. */
  fonts: RegExp
  capitalFonts: RegExp | null
  /** What is written (one or two letters of Latin-1) and what is meant. */
  pairs: readonly (readonly [string, string])[]
}

/** Plain data and patterns: handed to the thread that opens files. */
export interface EncodingGrammar {
  legacy: readonly LegacyEncoding[]
  /** Very frequent words: their share tells whether a text was decoded rightly. */
  frequentWords: readonly string[]
}

export interface AgencyGrammar {
  /** A whole class of bodies at this place ("all departments"). */
  classAt: RegExp
  /** A whole known name at this place. */
  knownAt: RegExp
  /** First words of a name whose end is not known. */
  headAt: RegExp
  /** Words after a name that belong to it (tier, place, "concerned"). */
  qualifierAt: RegExp
  /** Between two names. */
  separatorAt: RegExp
  /** A verb or clause that ends a name whose end is not known. */
  stopAt: RegExp
  /** Whether a name is a class, so that it need not be one body. */
  isClass: RegExp
  /** Words that may stand between a heading and the names ("responsibility of"). */
  intro: RegExp
}

export interface DutyGrammar {
  /** "Requested" and "encouraged" at the start of a heading or sentence. */
  request: RegExp
  /** Subordinate openings, skipped to reach the operative verb. */
  subordinate: RegExp
  /** Adverbs before the operative verb. */
  adverb: RegExp
  /** Special operative verbs in order of trial, at the operative place. */
  kinds: readonly { kind: DutyKind; at: RegExp }[]
  /** Leads into the partners of a lead or support. */
  partners: RegExp
  /** Words before partners and a colon or verb: the stem carries a kind for its items. */
  leadAnywhere: RegExp
  supportAnywhere: RegExp
}

export interface SentenceGrammar {
  /** An operative verb opening an item. */
  verb: RegExp
  /** An item that only introduces others. */
  stem: RegExp
  /** A leader or committee orders: the bodies that are ordered follow. */
  order: RegExp
  /** After a body's name: it orders others and owes nothing itself. */
  orders: RegExp
  /** A closing sentence of the document. */
  closing: RegExp
  /** An opening of a sentence that states, and asks nothing of anyone. */
  statement: RegExp
  /** Items that repeat what an object is called, where it lies, how many there are. */
  inventory: RegExp
}

export interface TargetGrammar {
  /** A label before a target ("Target 1:"). */
  label: RegExp
  /** A measured value with groups `before`, `number`, `unit`; global. */
  value: RegExp
  comparators: readonly { comparator: Comparator; pattern: RegExp }[]
  /** Group `year`. */
  year: RegExp
  /** A year that is only compared with. */
  compared: RegExp
  /** Numbers that measure nothing (documents, ages, dates). */
  ignore: RegExp
  /** Trailing words to drop from a measure. */
  trailing: RegExp
  leading: RegExp
  /** Where one sentence sets several values: between them. */
  clause: RegExp
  /** A clause that tells the present state or an exception, and sets nothing. */
  present: RegExp
  /** Words right before a value that is reached. */
  reached: RegExp
  /** Outside sections of objectives: a sentence that sets out to reach a share. */
  elsewhere: RegExp
  /** Heading of a column of units of measure. */
  unitColumn: RegExp
  /** Heading of a column of results, which are no targets. */
  resultColumn: RegExp
  /** Reads a printed number ("1.234,5", "05"). */
  number: (text: string) => number | null
}

export interface ReportingGrammar {
  /** A sentence that owes a report. */
  report: RegExp
  /** The addressee, group `to`. */
  addressee: readonly RegExp[]
  /** One rhythm or date, with groups `rhythm` and `due`; global. */
  rhythm: RegExp
  /** A second date printed after "and", group `due`, right after the first. */
  also: RegExp
  /** What opens a sentence by which a report is ordered, before the name of who owes it; nothing else comes before. */
  ordered: RegExp
  /** A report owed once, in a year of its own: mid-term, closing; group `due`, global. */
  once: RegExp
  frequency: (words: string) => Frequency | null
  /** What a report without a date must be about to be a duty. */
  substance: RegExp
  /** Words before a second addressee, to whom the first passes the report on; group `to`. */
  onward: RegExp
  /** Reports that are answers to events, not a regime. */
  occasional: RegExp
}

export interface ClosingGrammar {
  recipients: RegExp
  /** A capital-letter post or power at the start of a signature block. */
  capacity: RegExp
  post: RegExp
  endOfText: RegExp
}
