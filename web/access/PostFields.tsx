import type { Role } from '#access/model'
import { DateField } from '../kit/DateField.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { SelectField } from '../kit/fields.tsx'
import { Picker, type Picked } from '../kit/Picker.tsx'
import { useSession } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { findAgencies, findUnits } from './requests.ts'
import { roleChoices } from './words.tsx'

/** A post being filled in. */
export interface PostDraft {
  agency: Picked | null
  unit: Picked | null
  role: Role
  validFrom: string | null
  validTo: string | null
}

export const emptyPost: PostDraft = { agency: null, unit: null, role: 'officer', validFrom: null, validTo: null }

/** A draft as the server takes it. */
export function postBody(draft: PostDraft) {
  return {
    agencyId: draft.agency?.id,
    unitId: draft.unit?.id ?? null,
    role: draft.role,
    validFrom: draft.validFrom,
    validTo: draft.validTo,
  }
}

export interface PostFieldsProps {
  draft: PostDraft
  onChange: (draft: PostDraft) => void
  problem: unknown
  /** What stands before the names of fields in what the server refuses: `post.` or nothing. */
  prefix: '' | 'post.'
}

const weighty: readonly Role[] = ['approver', 'auditor', 'administrator']

/** Body, role, territory and time of a post. */
export function PostFields({ draft, onChange, problem, prefix }: PostFieldsProps) {
  const t = useText()
  const { today } = useSession()
  const set = (change: Partial<PostDraft>) => onChange({ ...draft, ...change })
  const at = (name: string) => ({ id: `${prefix}${name}`, error: problemAt(problem, `${prefix}${name}`) })
  return (
    <>
      <Picker
        {...at('agencyId')}
        label={t('access.agency')}
        required
        find={findAgencies}
        what="agencies"
        value={draft.agency}
        onChange={(agency) => set({ agency })}
      />
      <SelectField
        {...at('role')}
        label={t('access.role')}
        help={t(weighty.includes(draft.role) ? 'access.role-help-confirmed' : 'access.role-help')}
        choices={roleChoices(t)}
        value={draft.role}
        onChange={(value) =>
          set({ role: roleChoices(t).some((choice) => choice.value === value) ? (value as Role) : draft.role })
        }
      />
      <Picker
        {...at('unitId')}
        label={t('access.unit')}
        help={t('access.unit-help')}
        find={findUnits}
        what="units"
        value={draft.unit}
        onChange={(unit) => set({ unit })}
      />
      <DateField
        {...at('validFrom')}
        label={t('access.valid-from')}
        help={t('access.valid-from-help')}
        value={draft.validFrom}
        onChange={(validFrom) => set({ validFrom })}
        today={today}
      />
      <DateField
        {...at('validTo')}
        label={t('access.valid-to')}
        help={t('access.valid-to-help')}
        value={draft.validTo}
        onChange={(validTo) => set({ validTo })}
        today={today}
      />
    </>
  )
}
