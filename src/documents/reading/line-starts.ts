/** How printed lines open items and close sentences; markup of a crawl (asterisks) may stand around. */
export const bullet = /^(?:\*{0,3})[-–—+•]\s+\S/u
export const bulletItem = /^\*{0,3}[-–—+•]\s+\*{0,3}(?:[“"(]?\p{Lu}|\d+\s?%)/u
export const numbered =
  /^\*{0,3}(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}-(?=\s+\p{Lu})|\d{1,2}(?:\.\d{1,2})+|[IVXLC]{1,5}[.)]|\p{L}\))\s*\*{0,3}\s+\S/u
export const closed = /[.;:!?…”"]\s*\*{0,3}$/u
export const startsUpper = /^\*{0,3}[“"(]?\p{Lu}/u
