import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanDetail } from '#plans/model'
import { usePathId, useUrl } from '../kit/address.ts'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { SaveState } from '../kit/SaveState.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { oneOf } from '../kit/url.ts'
import { names, planDraftTo, planTo } from './addresses.ts'
import { manyTo } from './changes/addresses.ts'
import styles from './Editor.module.css'
import { EditorCheck } from './EditorCheck.tsx'
import { EditorConflict, fieldName } from './EditorConflict.tsx'
import { HeaderForm } from './HeaderForm.tsx'
import { NodesEditor } from './NodesEditor.tsx'
import { planCrumbs, planInShort } from './PlanPage.tsx'
import { ProseForm } from './ProseForm.tsx'
import { planQuery } from './queries.ts'
import { faultPlace } from './readiness.ts'
import { usePlanDraft } from './usePlanDraft.ts'
import { Views } from './Views.tsx'
import { choice, shorten } from './words.ts'

/** Where a draft is written. */
export function EditorPage() {
  const t = useText()
  const id = usePathId('planId')
  // Written over what the server holds now, never over what it held when one was here before.
  const query = { ...planQuery(id, true), refetchOnWindowFocus: false, refetchOnMount: 'always' as const }
  const { data: plan, error, refetch, isFetchedAfterMount } = useQuery(query)
  if (error && !plan) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!plan || !isFetchedAfterMount) return null
  if (!plan.may.edit) {
    return (
      <Empty
        isPage
        title={t('plans.no-draft-here')}
        act={
          <Button component={Link} to={planTo(id)} variant="default">
            {t('plans.see-issued')}
          </Button>
        }
      >
        {t('plans.no-draft-words')}
      </Empty>
    )
  }
  return <Editor key={plan.versionId} plan={plan} />
}

type View = 'nhiem-vu' | 'van-ban' | 'noi-dung'
const views: readonly View[] = ['van-ban', 'noi-dung', 'nhiem-vu']

function Editor({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const url = useUrl()
  const navigate = useNavigate()
  const [view, setView] = useState<View>(() => (plan.nodes.length === 0 && !url[names.node] ? 'van-ban' : 'nhiem-vu'))
  const [selected, setSelected] = useState<string | null>(() => oneOf(url[names.node]) ?? plan.nodes[0]?.id ?? null)
  const [isChecking, setChecking] = useState(url['kiem-tra'] !== undefined)
  const format = useFormat()
  const toast = useToast()
  const draft = usePlanDraft(plan, (paths) => {
    const fields = format.list(paths.slice(0, 5).map((path) => fieldName(path, draft.value, t)))
    toast({ kind: 'note', text: t('kit.conflict-taken', { count: paths.length, fields }) })
  })
  const { value, change } = draft
  const failed = draft.status.kind === 'failed' ? draft.status.problem : undefined
  function goTo(pointer: string) {
    const place = faultPlace(pointer)
    if ('field' in place) {
      setView(place.field === 'nodes' ? 'nhiem-vu' : 'van-ban')
      return focusSoon(`header.${place.field.replace('/', '.')}`)
    }
    setView('nhiem-vu')
    setSelected(value.nodes[place.node]?.key ?? null)
    focusSoon(`node.${pointer.split('/').slice(3).join('.')}`)
  }
  return (
    <>
      <PageHeader
        title={value.header.title ? shorten(value.header.title, 110) : t('plans.no-title')}
        state={
          <span className={styles.state}>
            {t('plans.draft-of-act', { act: plan.act })}
            <SaveState status={draft.status} onRetry={() => void draft.saveNow()} />
          </span>
        }
        crumbs={[
          ...planCrumbs(plan, '').slice(0, -1),
          { label: planInShort(plan), to: planDraftTo(plan.id) },
          { label: t('plans.editor-title') },
        ]}
        acts={
          <>
            <Button
              variant="default"
              onClick={() => void draft.saveNow().then(() => navigate({ to: manyTo(plan.id) }))}
            >
              {t('changes.many-title')}
            </Button>
            <Button variant="default" aria-pressed={isChecking} onClick={() => setChecking(!isChecking)}>
              {t('plans.check-draft')}
            </Button>
            <Button
              component={Link}
              to={planDraftTo(plan.id)}
              onClick={() => {
                void draft.saveNow()
              }}
            >
              {t('plans.see-whole')}
            </Button>
          </>
        }
      />
      {draft.conflict ? (
        <EditorConflict draft={draft} conflict={draft.conflict} />
      ) : (
        failed !== undefined && <ErrorSummary problem={failed} />
      )}
      {isChecking && (
        <EditorCheck
          plan={plan}
          draft={value}
          isSaved={draft.status.kind === 'saved' || draft.status.kind === 'clean'}
          onChange={change}
          onGo={goTo}
          onClose={() => setChecking(false)}
        />
      )}
      <Views
        label={t('plans.editor-parts')}
        views={views.map((one) => ({ id: one, label: t('plans.editor-part', { part: choice(one) }) }))}
        view={view}
        onView={setView}
      >
        {view === 'van-ban' && (
          <HeaderForm plan={plan} header={value.header} onChange={(header) => change({ ...value, header })} />
        )}
        {view === 'noi-dung' && <ProseForm header={value.header} onChange={(header) => change({ ...value, header })} />}
        {view === 'nhiem-vu' && (
          <NodesEditor
            plan={plan}
            nodes={value.nodes}
            onChange={(nodes) => change({ ...value, nodes: [...nodes] })}
            selected={selected}
            onSelect={setSelected}
          />
        )}
      </Views>
    </>
  )
}

/** The field may stand in a part that is only now opened; a field that is not there gives way to the one around it. */
function focusSoon(id: string) {
  setTimeout(() => {
    const parts = id.split('.')
    for (let length = parts.length; length > 0; length -= 1) {
      const field = document.getElementById(parts.slice(0, length).join('.'))
      if (field) {
        field.scrollIntoView({ block: 'center' })
        return field.focus()
      }
    }
  }, 60)
}
