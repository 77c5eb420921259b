import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { PlanDetail } from '#plans/model'
import { useMay } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { derivationTo, editorTo } from './addresses.ts'
import { AmendDialog } from './AmendDialog.tsx'
import { AttachDialog } from './AttachDialog.tsx'
import { DeriveDialog } from './DeriveDialog.tsx'
import { IssueDialog } from './IssueDialog.tsx'
import { MinutesDialog } from './MinutesDialog.tsx'
import { PaperDialog } from './PaperDialog.tsx'
import { ParentDialog } from './ParentDialog.tsx'
import { SummaryDialog } from './SummaryDialog.tsx'
import { useIsOwner } from './own.ts'

type Dialog = 'issue' | 'amend' | 'derive' | 'attach' | 'parent' | 'document' | 'report' | 'minutes' | 'summary'

/** What can be done with a plan: the one next act as a button, the others in a menu. */
export function PlanActs({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const may = useMay()
  const isOwner = useIsOwner(plan)
  const [open, setOpen] = useState<Dialog>()
  const close = () => setOpen(undefined)
  const draft = plan.versionState === 'draft'
  const document = `/plans/${plan.id}/document${draft ? '?draft=true' : ''}`
  return (
    <>
      {(may('plans.export') || isOwner) && (
        <Menu position="bottom-end" width={300}>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={16} stroke={1.8} aria-hidden />}>
              {t('plans.more-acts')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {may('plans.export') && (
              <>
                <Menu.Item onClick={() => setOpen('document')}>{t('plans.export-plan')}</Menu.Item>
                {!draft && (
                  <>
                    <Menu.Item onClick={() => setOpen('report')}>{t('plans.export-report')}</Menu.Item>
                    <Menu.Item onClick={() => setOpen('minutes')}>{t('plans.minutes')}</Menu.Item>
                    <Menu.Item onClick={() => setOpen('summary')}>{t('plans.summary')}</Menu.Item>
                  </>
                )}
              </>
            )}
            {isOwner && may('plans.draft') && (
              <>
                <Menu.Divider />
                <Menu.Item onClick={() => setOpen('attach')}>{t('plans.attach')}</Menu.Item>
                {plan.may.amend && <Menu.Item onClick={() => setOpen('amend')}>{t('plans.amend')}</Menu.Item>}
              </>
            )}
            {isOwner && may('plans.derive') && (
              <>
                {plan.parents.length > 0 && (
                  <Menu.Item component={Link} to={derivationTo(plan.id)}>
                    {t('plans.derivation-title')}
                  </Menu.Item>
                )}
                <Menu.Item onClick={() => setOpen('parent')}>{t('plans.link-parent')}</Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {plan.may.edit && (
        <Button component={Link} to={editorTo(plan.id)} variant={plan.may.issue ? 'default' : 'filled'}>
          {t('plans.go-on-writing')}
        </Button>
      )}
      {plan.may.issue && <Button onClick={() => setOpen('issue')}>{t('plans.issue')}</Button>}
      {plan.may.derive && <Button onClick={() => setOpen('derive')}>{t('plans.derive')}</Button>}
      {open === 'document' && (
        <PaperDialog title={t('plans.export-plan')} path={document} name={plan.kind} onClose={close} />
      )}
      {open === 'report' && (
        <PaperDialog
          title={t('plans.export-report')}
          path={`/plans/${plan.id}/status-report`}
          name="bao-cao"
          onClose={close}
        />
      )}
      {open === 'minutes' && <MinutesDialog plan={plan} onClose={close} />}
      {open === 'summary' && <SummaryDialog plan={plan} onClose={close} />}
      {open === 'issue' && <IssueDialog plan={plan} onClose={close} />}
      {open === 'amend' && <AmendDialog plan={plan} onClose={close} />}
      {open === 'derive' && <DeriveDialog plan={plan} onClose={close} />}
      {open === 'attach' && <AttachDialog plan={plan} onClose={close} />}
      {open === 'parent' && <ParentDialog plan={plan} onClose={close} />}
    </>
  )
}
