/**
 * A line without the crawl's emphasis marks and rules of hyphens, one space between words. Asterisks go wherever they
 * stand because the crawl breaks pairs over lines and cells; one that opens a line and stands alone is a bullet.
 */
export function plainLine(text: string): string {
  const isBullet = /^\*\s+[^*]+$/.test(text)
  const bare = (isBullet ? `- ${text.slice(1)}` : text.replace(/\*+/g, ''))
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000\t]/g, ' ')
    .replace(/[\u200b-\u200d\ufeff\u00ad]/g, '')
    .replace(/ {2,}/g, ' ')
    .trim()
  return /^[-_=–—.\s]{3,}$/.test(bare)
    ? ''
    : bare
        .replace(/[-_–—]{4,}/g, ' ')
        .replace(/ {2,}/g, ' ')
        .trim()
}
