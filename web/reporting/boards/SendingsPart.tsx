import type { Cockpit } from '#reporting/model'
import { DataTable } from '../../kit/DataTable.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { PictureFrame } from '../../indicators/pictures/PictureFrame.tsx'
import styles from '../../indicators/pictures/Pictures.module.css'
import type { Size } from '../../indicators/pictures/useSize.ts'
import { useBoardWords } from './words.ts'

/** Sendings of today by the hour, and how many came in the last minutes. */
export function SendingsPart({ cockpit }: { cockpit: Cockpit }) {
  const t = useText()
  const format = useFormat()
  const words = useBoardWords()
  const { hours, minutes } = cockpit
  const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0)
  const ofHour = ({ hour, count }: Cockpit['hours'][number]) => t('boards.hour-is', { hour, count })
  const pace = t('boards.pace', {
    ...{ today: sum(hours.map(({ count }) => count)), hour: sum(minutes), ten: sum(minutes.slice(0, 10)) },
    minute: minutes[0] ?? 0,
  })
  const label = t('boards.hours-words', {
    values: format.list(hours.filter(({ count }) => count > 0).map(ofHour)),
    none: sum(hours.map(({ count }) => count)) === 0 ? 'yes' : 'no',
  })
  return (
    <PictureFrame
      title={t('boards.sendings')}
      subject={t('boards.picture-of', { title: t('boards.sendings'), round: words.round(cockpit.round) })}
      notes={[pace, t('boards.source-note', { at: format.dateTime(cockpit.asOf) })]}
      draw={(size) => <HoursPicture {...{ hours, size, label }} />}
      table={() => ({
        head: [t('boards.hour'), t('boards.sendings')],
        rows: hours.map(({ hour, count }) => [hour, count]),
      })}
    >
      <DataTable
        id="sendings"
        caption={t('boards.sendings')}
        columns={[
          { id: 'hour', title: t('boards.hour'), width: '8rem', cell: ({ hour }) => t('boards.at-hour', { hour }) },
          ...[{ id: 'count', title: t('boards.sendings'), align: 'end' as const, width: '8rem' }].map((column) => ({
            ...column,
            cell: ({ count }: Cockpit['hours'][number]) => format.number(count, 0),
          })),
        ]}
        rows={hours}
        rowId={({ hour }) => String(hour)}
        rowName={ofHour}
      />
    </PictureFrame>
  )
}

/** Bars from nothing, one for each hour of the day; hours to come are empty. */
function HoursPicture({ hours, size: { width, rem }, label }: { hours: Cockpit['hours']; size: Size; label: string }) {
  const t = useText()
  const format = useFormat()
  const height = rem * 11
  const [left, right, top, floor] = [rem, width - rem, rem * 2, height - rem * 2]
  const most = Math.max(1, ...hours.map(({ count }) => count))
  const wide = (right - left) / 24
  const every = Math.max(1, Math.ceil((rem * 2.5) / wide))
  return (
    <svg
      data-picture
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      className={styles.picture}
      role="img"
      aria-label={label}
    >
      <path d={`M ${left} ${floor} H ${right}`} className={styles.axis} />
      {Array.from({ length: 24 }, (_, hour) => hour).map((hour) => {
        const count = hours.find((one) => one.hour === hour)?.count ?? 0
        const tall = (count / most) * (floor - top)
        return (
          <g key={hour}>
            {count > 0 && (
              <>
                <rect
                  x={left + hour * wide + wide * 0.1}
                  y={floor - tall}
                  width={wide * 0.8}
                  height={tall}
                  className={styles.bar}
                />
                {count === most && (
                  <text
                    x={left + (hour + 0.5) * wide}
                    y={floor - tall - rem * 0.4}
                    textAnchor="middle"
                    className={styles.mark}
                  >
                    {format.number(count, 0)}
                  </text>
                )}
              </>
            )}
            {hour % every === 0 && (
              <text x={left + (hour + 0.5) * wide} y={floor + rem * 1.2} textAnchor="middle" className={styles.tick}>
                {t('boards.hour-short', { hour })}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
