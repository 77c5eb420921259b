import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { countTreaty, numbered, type TreatyParagraph, type TreatyReport } from '#reporting/model'
import { usePathId } from '../../kit/address.ts'
import { LoadFailed } from '../../kit/Empty.tsx'
import { MoreMenu } from '../../kit/MoreMenu.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useMay } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { HistorySection } from '../../notifications/HistorySection.tsx'
import { useDownload } from '../../plans/DownloadButton.tsx'
import styles from '../reports/Reports.module.css'
import { treatyFile, treatyReportQuery, treatyReportsTo } from './queries.ts'
import { TreatySectionEditor } from './TreatySectionEditor.tsx'

/** A report under the Convention: what is written by cluster, and its words against the limit as one writes. */
export function TreatyReportPage() {
  const id = usePathId('treatyReportId')
  const { data, error, refetch } = useQuery(treatyReportQuery(id))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return data ? <Report report={data} /> : null
}

function Report({ report }: { report: TreatyReport }) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const papers = useDownload()
  const [typed, setTyped] = useState<Readonly<Record<string, readonly TreatyParagraph[]>>>({})
  const sections = numbered(
    report.sections.map((one) => ({ ...one, paragraphs: [...(typed[one.cluster] ?? one.paragraphs)] })),
  )
  const counts = countTreaty(sections, report)
  return (
    <>
      <PageHeader
        title={t('treaty.name', { kind: report.kind, cycle: report.cycle })}
        crumbs={[{ label: t('treaty.title'), to: treatyReportsTo }]}
        state={
          <span className={styles.facts} role="status">
            {counts.map(({ language, total, left, untranslated }) => (
              <span key={language} className={left < 0 ? styles.fault : undefined}>
                {t('treaty.count', {
                  ...{ language, total: format.number(total), limit: format.number(report.wordLimit) },
                  ...{ over: Math.max(0, -left), untranslated },
                })}
              </span>
            ))}
          </span>
        }
        acts={
          may('reporting.export') && (
            <MoreMenu
              items={(['with', 'without'] as const).flatMap((annexes) =>
                report.languages.map((language) => ({
                  label: t('treaty.file', { language, annexes }),
                  isDisabled: papers.isPending,
                  act: () => papers.start(treatyFile(report.id, { language, annexes }), ''),
                })),
              )}
            />
          )
        }
      />
      {sections.map((section, at) => (
        <TreatySectionEditor
          key={section.cluster}
          {...{ report, section: report.sections[at] ?? section, number: section.number }}
          words={counts.map(({ language, sections: of }) => ({ language, words: of[at]?.words ?? 0 }))}
          onTyped={(paragraphs) => setTyped((before) => ({ ...before, [section.cluster]: paragraphs }))}
        />
      ))}
      <HistorySection record={{ kind: 'reporting.treaty-report', id: report.id }} />
    </>
  )
}
