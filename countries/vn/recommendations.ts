import type { OwnState } from '../../src/recommendations/model.ts'

/**
 * Which function of the State keeps the documents of which mechanism. The mandates decide which ministry that is on a
 * day: those of the former labour ministry went to others on 1 March 2025.
 */
export const keepers: OwnState['keepers'] = {
  byMechanism: {
    crc: 'children',
    cedaw: 'gender-equality',
    crpd: 'social-protection',
    ccpr: 'justice',
    cat: 'police',
    spt: 'police',
    cerd: 'ethnic-affairs',
    cescr: 'foreign-affairs',
    upr: 'foreign-affairs',
    sp: 'foreign-affairs',
  },
  otherwise: 'foreign-affairs',
}
