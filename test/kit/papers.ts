/** What an officer says of a meeting, with blanks: invented. */
export const someMinutes = {
  title: 'Møte om plan',
  startedAt: '08 giờ 00',
  endedAt: null,
  place: null,
  attendees: ['Kari'],
  chairName: 'Ola Nørd',
  chairPost: null,
  secretary: null,
  contents: ['Sagt'],
  conclusions: ['Gjøres'],
  format: 'pdf',
}

/** A summary of a plan for readers abroad: invented. */
export const aSummary = {
  language: 'en',
  title: 'Plan for reading',
  agency: null,
  texts: ['Children learn to read.'],
  format: 'pdf',
}
