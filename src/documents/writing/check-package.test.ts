import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { faultsOfPackage, faultsOfXml } from './check-package.ts'

describe('the check of a Word file', () => {
  it.each([
    ['<w:pPr><w:jc/><w:keepNext/></w:pPr>', 'w:keepNext stands too late in w:pPr'],
    ['<w:rPr><w:sz/><w:b/></w:rPr>', 'w:b stands too late in w:rPr'],
    ['<w:tblPr><w:tblLayout/><w:tblW/></w:tblPr>', 'w:tblW stands too late in w:tblPr'],
    ['<w:sectPr><w:pgMar/><w:pgSz/></w:sectPr>', 'w:pgSz stands too late in w:sectPr'],
    ['<w:pPr><w:colour/></w:pPr>', 'w:colour is no child of w:pPr'],
    ['<w:body><w:sectPr></w:sectPr><w:p></w:p></w:body>', 'w:p stands too late in w:body'],
    ['<a><b></a></b>', '</a> closes b'],
    ['<a>', '1 elements are not closed'],
    ['<a>A & B</a>', 'text with markup that is not escaped'],
    ['<a>\u0001</a>', 'a character XML cannot have'],
  ])('finds the fault in %s', (xml, fault) => {
    expect(faultsOfXml(xml)).toContain(fault)
  })

  it('finds nothing in properties in the order of the schema', () => {
    expect(
      faultsOfXml('<w:p><w:pPr><w:pStyle w:val="a"/><w:keepNext/><w:jc/></w:pPr><w:r><w:t>A &amp; B</w:t></w:r></w:p>'),
    ).toEqual([])
  })

  it('finds a part without content type, a relationship to nothing and an id that leads nowhere', () => {
    const file = zipSync({
      '[Content_Types].xml': strToU8('<Types><Default Extension="rels"/><Override PartName="/word/gone.xml"/></Types>'),
      '_rels/.rels': strToU8('<R><Relationship Id="a" Target="word/document.xml"/></R>'),
      'word/document.xml': strToU8('<w:document><w:x r:id="b"/></w:document>'),
      'word/_rels/document.xml.rels': strToU8('<R><Relationship Id="a" Target="styles.xml"/></R>'),
    })
    const faults = faultsOfPackage(file)
    expect(faults).toEqual(
      expect.arrayContaining([
        'missing part word/styles.xml',
        'word/document.xml has no content type',
        'content type of word/gone.xml, which is not there',
        'word/_rels/document.xml.rels: no styles.xml',
        'word/document.xml: b leads nowhere',
      ]),
    )
  })
})
