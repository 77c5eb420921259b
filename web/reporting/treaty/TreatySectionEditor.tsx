import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { Language } from '#platform/model'
import type { TreatyParagraph, TreatyReport, TreatySection } from '#reporting/model'
import { freshKey } from '../../kit/api.ts'
import { FieldConflicts } from '../../kit/FieldConflicts.tsx'
import { LongTextField, TextField } from '../../kit/fields.tsx'
import { Pager } from '../../kit/Pager.tsx'
import { SaveState } from '../../kit/SaveState.tsx'
import { Section } from '../../kit/Section.tsx'
import { useMay } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { useMergedDraft } from '../../kit/useMergedDraft.ts'
import { read, write } from '../../plans/requests.ts'
import { traceTo } from '../consolidation/trail.ts'
import styles from '../reports/Reports.module.css'
import { useNamed } from '../reports/words.ts'
import { treatyReportQuery, treatySourcesQuery } from './queries.ts'

type Draft = { paragraphs: TreatyParagraph[] }
type Props = {
  report: TreatyReport
  section: TreatySection
  /** That of the first paragraph here. */
  number: number
  words: readonly { language: Language; words: number }[]
  onTyped: (paragraphs: readonly TreatyParagraph[]) => void
}

/** Paragraphs under one cluster, in the languages of the report; saved by themselves a moment after the last key. */
export function TreatySectionEditor({ report, section, number, words, onTyped }: Props) {
  const t = useText()
  const named = useNamed()
  const isWriter = useMay()('reporting.write-reports')
  const [isDrawing, setDrawing] = useState(false)
  const draft = useSection(report.id, section)
  const { paragraphs } = draft.value
  const set = (next: TreatyParagraph[]) => {
    draft.change({ paragraphs: next })
    onTyped(next)
  }
  const move = (at: number) => set(paragraphs.toSpliced(at, 1).toSpliced(at - 1, 0, ...paragraphs.slice(at, at + 1)))
  return (
    <Section
      title={t('treaty.cluster', { code: section.cluster, name: named(section.title) })}
      acts={<SaveState status={draft.status} onRetry={() => void draft.saveNow()} />}
    >
      {draft.conflict && (
        <FieldConflicts
          merged={draft.conflict.merged}
          nameOf={() => named(section.title)}
          wordsOf={(_path, value) => (typeof value === 'string' ? value : '')}
          onSettle={draft.conflict.settle}
        />
      )}
      <div className={styles.fields}>
        {paragraphs.map((paragraph, at) => (
          <div key={paragraph.key} className={styles.paragraph}>
            <div className={styles.fields}>
              {report.languages.map((language) => (
                <LongTextField
                  key={language}
                  id={`paragraph-${section.cluster}-${paragraph.key}-${language}`}
                  label={t('treaty.paragraph', { number: number + at, language })}
                  value={paragraph.text[language] ?? ''}
                  disabled={!isWriter}
                  maxLength={10_000}
                  onChange={(text) =>
                    set(paragraphs.with(at, { ...paragraph, text: { ...paragraph.text, [language]: text } }))
                  }
                />
              ))}
            </div>
            {paragraph.origins.map((origin) => (
              <Link key={`${origin.reportId} ${origin.line}`} to={traceTo(origin)}>
                {t('treaty.origin')}
              </Link>
            ))}
            {isWriter && (
              <span className={`${styles.acts} screen-only`}>
                {at > 0 && (
                  <Button variant="subtle" size="compact-sm" onClick={() => move(at)}>
                    {t('treaty.up', { number: number + at })}
                  </Button>
                )}
                <Button variant="subtle" size="compact-sm" onClick={() => set(paragraphs.toSpliced(at, 1))}>
                  {t('treaty.remove', { number: number + at })}
                </Button>
              </span>
            )}
          </div>
        ))}
        {isWriter && (
          <span className={`${styles.acts} screen-only`}>
            <Button variant="default" onClick={() => set([...paragraphs, { key: freshKey(), text: {}, origins: [] }])}>
              {t('treaty.add')}
            </Button>
            <Button variant="default" onClick={() => setDrawing(!isDrawing)} aria-expanded={isDrawing}>
              {t('treaty.draw')}
            </Button>
          </span>
        )}
        {isDrawing && <Sources cluster={section.cluster} onDraw={(one) => set([...paragraphs, one])} />}
        <p className={styles.quiet} role="status">
          {words.map((one) => t('treaty.words', one)).join(' · ')}
        </p>
      </div>
    </Section>
  )
}

/** Paragraphs of accepted national reports, found by their words; a drawn one keeps where it came from. */
function Sources({ cluster, onDraw }: { cluster: string; onDraw: (one: TreatyParagraph) => void }) {
  const t = useText()
  const named = useNamed()
  const [asked, setAsked] = useState({ words: '', page: 1, size: 25 })
  const { data } = useQuery(treatySourcesQuery(asked))
  const list = {
    ...asked,
    setPage: (page: number) => setAsked({ ...asked, page }),
    setSize: (size: number) => setAsked({ ...asked, size, page: 1 }),
  }
  return (
    <div className={styles.note}>
      <TextField
        id={`sources-${cluster}`}
        label={t('treaty.search')}
        maxLength={200}
        value={asked.words}
        onChange={(words) => setAsked({ ...asked, words, page: 1 })}
      />
      {data?.total === 0 && <p>{t('treaty.no-sources')}</p>}
      <ul className={styles.plain}>
        {data?.items.map(({ reportId, number, line, text, language, heading, regimeNames }) => (
          <li key={`${reportId} ${line}`}>
            <p className={styles.prose}>{text}</p>
            <p className={styles.quiet}>{t('treaty.source', { name: named(regimeNames), heading })}</p>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() =>
                onDraw({ key: freshKey(), text: { [language]: text }, origins: [{ reportId, number, line }] })
              }
            >
              {t('treaty.take')}
            </Button>
          </li>
        ))}
      </ul>
      {data && data.total > 0 && <Pager list={list} total={data.total} />}
    </div>
  )
}

function useSection(id: string, section: TreatySection) {
  const queries = useQueryClient()
  const { cluster } = section
  const save = useCallback(
    async ({ paragraphs }: Draft, version: number) => {
      const path = `/reporting/treaty-reports/${id}/sections/${cluster}`
      const saved = await write<{ version: number }>('PUT', path, { version, paragraphs })
      queries.setQueryData(
        treatyReportQuery(id).queryKey,
        (now: TreatyReport | undefined) =>
          now && {
            ...now,
            sections: now.sections.map((one) =>
              one.cluster === cluster ? { ...one, paragraphs, version: saved.version } : one,
            ),
          },
      )
      return saved.version
    },
    [id, cluster, queries],
  )
  const newest = useCallback(async () => {
    const now = await read<TreatyReport>(`/reporting/treaty-reports/${id}`)
    const held = now.sections.find((one) => one.cluster === cluster)
    return held && { value: { paragraphs: held.paragraphs }, version: held.version }
  }, [id, cluster])
  const start = useMemo(() => ({ value: { paragraphs: section.paragraphs }, version: section.version }), [section])
  return useMergedDraft<Draft, number>({ name: `treaty.${id}.${cluster}`, start, save, newest, whole: ['origins'] })
}
