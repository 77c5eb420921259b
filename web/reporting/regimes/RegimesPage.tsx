import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RegimeRow } from '#reporting/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useMay } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { newRegimeTo, regimesQuery, regimeTo } from './queries.ts'
import styles from './Regimes.module.css'
import { regimeTones, useRegimeWords } from './words.ts'

/** Which reports are asked, by whom, and which rounds are open. */
export function RegimesPage() {
  const t = useText()
  const may = useMay()
  const { data, error, refetch } = useQuery(regimesQuery)
  const words = useRegimeWords()
  const inForce = data?.filter(({ state }) => state === 'in-force').length ?? 0
  const open = data?.reduce((sum, one) => sum + one.openRounds, 0) ?? 0
  return (
    <>
      <PageHeader
        title={t('regimes.title')}
        state={data && t('regimes.state', { count: inForce, open })}
        acts={
          may('reporting.draft-regime') && (
            <Button component={Link} to={newRegimeTo} leftSection={<IconPlus size={18} stroke={1.6} aria-hidden />}>
              {t('regimes.new')}
            </Button>
          )
        }
      />
      <DataTable
        id="regimes"
        caption={t('regimes.title')}
        columns={useColumns()}
        rows={data}
        error={error}
        onRetry={() => void refetch()}
        rowId={(one) => one.id}
        rowName={(one) => words.say(one.names)}
        rowTo={(one) => regimeTo(one.id)}
        empty={<Empty title={t('regimes.none')}>{t('regimes.none-words')}</Empty>}
      />
    </>
  )
}

function useColumns(): Column<RegimeRow>[] {
  const t = useText()
  const format = useFormat()
  const words = useRegimeWords()
  return [
    {
      id: 'name',
      title: t('regimes.name'),
      width: '20rem',
      cell: (one) => (
        <span className={styles.named}>
          <Link to={regimeTo(one.id)}>{words.say(one.names)}</Link>
          <span className={styles.detail}>
            {t('regimes.code-and-kind', { code: one.code, kind: one.kind.replaceAll('-', '_') })}
          </span>
        </span>
      ),
    },
    { id: 'owner', title: t('regimes.owner'), width: '14rem', cell: (one) => one.agencyName },
    {
      id: 'state',
      title: t('regimes.standing'),
      width: '11rem',
      cell: (one) => (
        <span className={styles.badges}>
          <StatusBadge tone={regimeTones[one.state]}>{t(`regimes.state-${one.state}`)}</StatusBadge>
          {one.hasDraft && one.state !== 'draft' && <StatusBadge tone="draft">{t('regimes.has-draft')}</StatusBadge>}
        </span>
      ),
    },
    { id: 'from', title: t('regimes.effective-from'), width: '8rem', cell: (one) => format.date(one.effectiveFrom) },
    {
      id: 'rounds',
      title: t('regimes.rounds-open'),
      width: '7rem',
      align: 'end',
      cell: (one) => t('regimes.rounds-of', { open: one.openRounds, all: one.rounds }),
    },
  ]
}
