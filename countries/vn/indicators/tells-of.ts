type TellsOf = { sdgTargets: string[]; articles: string[] }

/**
 * Of which targets of the goals of 2030 and which articles of the Convention the indicators tell, by their numbers in the decision: what
 * suggestions begin with. [own]: the decision does not say it; read off what each counts.
 */
export const tellsOf: Record<number, TellsOf> = {
  2: { sdgTargets: ['4.2'], articles: ['6', '18'] },
  3: { sdgTargets: ['3.2'], articles: ['6', '24'] },
  4: { sdgTargets: ['2.2'], articles: ['24', '27'] },
  5: { sdgTargets: ['3.8'], articles: ['24'] },
  6: { sdgTargets: ['3.3'], articles: ['24'] },
  7: { sdgTargets: ['4.a', '6.1', '6.2'], articles: ['24', '28'] },
  8: { sdgTargets: ['1.3'], articles: ['20', '26'] },
  9: { sdgTargets: ['16.2'], articles: ['19', '34'] },
  10: { sdgTargets: ['8.7'], articles: ['32'] },
  11: { sdgTargets: ['3.6'], articles: ['6', '24'] },
  12: { sdgTargets: ['1.5', '13.1'], articles: ['6', '27'] },
  13: { sdgTargets: ['5.3'], articles: ['24'] },
  14: { sdgTargets: ['16.9'], articles: ['7', '8'] },
  15: { sdgTargets: ['4.2'], articles: ['6', '29'] },
  16: { sdgTargets: ['4.2'], articles: ['28'] },
  17: { sdgTargets: ['4.1'], articles: ['28'] },
  18: { sdgTargets: ['4.1'], articles: ['28'] },
  19: { sdgTargets: ['3.4'], articles: ['24'] },
  20: { sdgTargets: ['4.5'], articles: ['23'] },
  21: { sdgTargets: ['11.7'], articles: ['31'] },
  22: { sdgTargets: ['16.7'], articles: ['12'] },
  23: { sdgTargets: ['16.7'], articles: ['12'] },
  24: { sdgTargets: ['16.7'], articles: ['12'] },
}
