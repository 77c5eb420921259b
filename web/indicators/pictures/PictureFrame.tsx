import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useRef, useState, type ReactNode } from 'react'
import { Section } from '../../kit/Section.tsx'
import { useText } from '../../kit/text.tsx'
import { fileName, saveCsv, savePng, saveSvg, type Mark, type Table } from './save-picture.ts'
import styles from './Pictures.module.css'
import { useSize, type Size } from './useSize.ts'

export interface PictureFrameProps {
  title: string
  /** The whole of what stands above the picture in a file: the measure, the unit, the period. */
  subject: string
  /** What must be known of every figure: unit of measure, period, day, coverage, source. */
  notes: readonly string[]
  /** The picture; it takes the width it is given. */
  draw: (size: Size) => ReactNode
  /** Marks that occur in it, and what they mean. */
  legend?: ReactNode
  /** The same in words and numbers, for a file; loaded when asked for. */
  table: () => Promise<Table> | Table
  /** The table on the page. */
  children: ReactNode
  /** Why the picture may not leave the page. */
  kept?: string | undefined
  acts?: ReactNode
}

/** A picture with its title, what must be known of it, its table one click away, and its files. */
export function PictureFrame(props: PictureFrameProps) {
  const t = useText()
  const { ref, size } = useSize<HTMLDivElement>()
  const figure = useRef<HTMLElement>(null)
  const [isTable, setTable] = useState(false)
  const name = fileName(props.subject)
  const words = () => ({ title: props.subject, marks: marksOf(figure.current), notes: props.notes })
  const svg = () => ref.current?.querySelector<SVGSVGElement>('svg[data-picture]') ?? null
  const withPicture = (save: (picture: SVGSVGElement) => unknown) => {
    const picture = svg()
    if (picture !== null) void save(picture)
  }
  return (
    <Section
      title={props.title}
      acts={
        <>
          {props.acts}
          <Button variant="default" aria-expanded={isTable} onClick={() => setTable(!isTable)}>
            {t(isTable ? 'pictures.table-away' : 'pictures.table')}
          </Button>
          {props.kept === undefined && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}>
                  {t('pictures.save')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => withPicture((picture) => savePng(picture, words(), name))}>
                  {t('pictures.save-png')}
                </Menu.Item>
                <Menu.Item onClick={() => withPicture((picture) => saveSvg(picture, words(), name))}>
                  {t('pictures.save-svg')}
                </Menu.Item>
                <Menu.Item onClick={() => void Promise.resolve(props.table()).then((table) => saveCsv(table, name))}>
                  {t('pictures.save-csv')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </>
      }
    >
      <figure className={styles.figure} ref={figure}>
        <div ref={ref} className={styles.drawing}>
          {props.draw(size)}
        </div>
        {props.legend}
        <figcaption className={styles.quiet}>
          {props.notes.join(' ')}
          {props.kept !== undefined && ` ${props.kept}`}
        </figcaption>
      </figure>
      {isTable && props.children}
    </Section>
  )
}

/** The legend as it stands on the page. */
function marksOf(figure: HTMLElement | null): Mark[] {
  return [...(figure?.querySelectorAll('[data-legend] > li') ?? [])].flatMap((item) => {
    const drawing = item.querySelector<SVGSVGElement>('svg')
    return drawing === null ? [] : [{ drawing, words: item.textContent.trim() }]
  })
}
