import { Button, Combobox, Group, NativeSelect, Textarea, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { SeenBy, type RecordOf } from '#notifications/model'
import { useProblemWords } from '../kit/problem-words.ts'
import { useText } from '../kit/text.tsx'
import { calledIn, mentionAt, withMention, type Typing } from './mention.ts'
import { mentionableQuery } from './requests.ts'
import styles from './Talk.module.css'

interface Person {
  id: string
  name: string
}

export interface Said {
  text: string
  mentions: string[]
  seenBy: SeenBy
}

export interface CommentFormProps {
  record: RecordOf
  label: string
  /** For whom one may write; a choice where there are several. */
  choices: readonly SeenBy[]
  start?: { text: string; people: readonly Person[] }
  act: string
  isFocused?: boolean
  onSend: (said: Said) => Promise<unknown>
  onClose?: () => void
}

/** Words about a record, with people called by name; kept as typed when sending fails. */
export function CommentForm({ record, label, choices, start, act, isFocused, onSend, onClose }: CommentFormProps) {
  const t = useText()
  const words = useProblemWords()
  const [text, setText] = useState(start?.text ?? '')
  const [people, setPeople] = useState<readonly Person[]>(start?.people ?? [])
  const [seenBy, setSeenBy] = useState<SeenBy>(choices[0] ?? 'body')
  const send = useMutation({
    mutationFn: () => onSend({ text, mentions: calledIn(text, people), seenBy }),
    onSuccess: () => {
      setText('')
      setPeople([])
    },
  })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') send.mutate()
      }}
    >
      <MentionField
        record={record}
        seenBy={seenBy}
        label={label}
        error={send.error ? words(send.error) : undefined}
        isFocused={isFocused}
        text={text}
        onText={setText}
        onPick={(person) => setPeople([...people, person])}
      />
      <Group gap="xs" align="end">
        {choices.length > 1 && (
          <NativeSelect
            label={t('notifications.seen-by')}
            value={seenBy}
            onChange={(event) => setSeenBy(SeenBy.parse(event.currentTarget.value))}
            data={choices.map((choice) => ({ value: choice, label: t(`notifications.seen-by-${choice}`) }))}
          />
        )}
        <Button type="submit" variant="default" loading={send.isPending} disabled={text.trim() === ''}>
          {act}
        </Button>
        {onClose && (
          <Button variant="subtle" onClick={onClose}>
            {t('notifications.cancel')}
          </Button>
        )}
      </Group>
    </form>
  )
}

interface MentionFieldProps {
  record: RecordOf
  seenBy: SeenBy
  label: string
  error: string | undefined
  isFocused: boolean | undefined
  text: string
  onText: (text: string) => void
  onPick: (person: Person) => void
}

function MentionField({ record, seenBy, label, error, isFocused, text, onText, onPick }: MentionFieldProps) {
  const t = useText()
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [typing, setTyping] = useState<Typing | null>(null)
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  const [search] = useDebouncedValue(typing?.search ?? '', 150)
  const { data: found = [] } = useQuery({ ...mentionableQuery(record, seenBy, search), enabled: typing !== null })
  function look(typed: string, caret: number) {
    const now = mentionAt(typed, caret)
    setTyping(now)
    if (now) box.openDropdown()
    else box.closeDropdown()
  }
  return (
    <Combobox
      store={box}
      position="bottom-start"
      onOptionSubmit={(chosen) => {
        const person = found.find((one) => one.id === chosen)
        if (!person || !typing) return
        const next = withMention(text, typing, person.name)
        onText(next.text)
        onPick(person)
        setTyping(null)
        box.closeDropdown()
        requestAnimationFrame(() => field.current?.setSelectionRange(next.caret, next.caret))
      }}
    >
      <Combobox.Target>
        <Textarea
          id={id}
          ref={field}
          label={label}
          description={t('notifications.write-help')}
          error={error}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={4000}
          data-autofocus={isFocused || undefined}
          autoFocus={isFocused}
          value={text}
          onChange={(event) => {
            onText(event.currentTarget.value)
            look(event.currentTarget.value, event.currentTarget.selectionStart)
          }}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={typing === null || (found.length === 0 && typing.search.includes(' '))}>
        <Combobox.Options mah="16rem" className={styles.options} aria-label={t('notifications.mentionable')}>
          {found.length === 0 && <Combobox.Empty ta="left">{t('notifications.mentionable-none')}</Combobox.Empty>}
          {found.map((person) => (
            <Combobox.Option key={person.id} value={person.id}>
              <span>{person.name}</span>
              <span className={styles.detail}>{person.agencyName}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
