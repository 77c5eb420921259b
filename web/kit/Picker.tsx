import { CloseButton, Combobox, InputBase, Loader, Pill, PillsInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FieldProps } from './fields.tsx'
import { useProblemWords } from './problem-words.ts'
import { useText } from './text.tsx'
import styles from './Picker.module.css'

/** A thing that was or may be picked: an agency, a unit, a person. */
export interface Picked {
  id: string
  name: string
  /** Tells namesakes apart: the superior, the province. */
  detail?: string
}

/** Finds things by what was typed, the nearest first; with empty text the usual ones. */
export type Find = (query: string, signal: AbortSignal) => Promise<readonly Picked[]>

interface FindOptions {
  find: Find
  /** Names the list in the query cache: `agencies`, `units 2025-07-01`. */
  what: string
  /** Inside a popover the list must stay in it. */
  isInside?: boolean
}

export interface PickerProps extends FieldProps, FindOptions {
  value: Picked | null
  onChange: (value: Picked | null) => void
}

/** One agency, unit or person, found by typing; diacritics may be left out. */
export function Picker({
  id,
  label,
  help,
  error,
  required,
  disabled,
  find,
  what,
  isInside,
  value,
  onChange,
}: PickerProps) {
  const t = useText()
  const [text, setText] = useState<string | null>(null)
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  const found = useFound(what, find, text ?? '', box.dropdownOpened)
  return (
    <Combobox
      store={box}
      withinPortal={!isInside}
      onOptionSubmit={(chosen) => {
        onChange(found.items.find((item) => item.id === chosen) ?? null)
        setText(null)
        box.closeDropdown()
      }}
    >
      <Combobox.Target>
        <InputBase
          id={id}
          label={label}
          description={help}
          error={error}
          required={required}
          disabled={disabled}
          value={text ?? value?.name ?? ''}
          placeholder={t('kit.pick-type')}
          autoComplete="off"
          maw="36rem"
          rightSection={
            <Right isFetching={found.isFetching} onClear={value && !disabled ? () => onChange(null) : undefined} />
          }
          rightSectionPointerEvents="auto"
          onChange={(event) => {
            setText(event.currentTarget.value)
            box.openDropdown()
            box.resetSelectedOption()
          }}
          onFocus={() => box.openDropdown()}
          onClick={() => box.openDropdown()}
          onBlur={() => {
            box.closeDropdown()
            setText(null)
          }}
        />
      </Combobox.Target>
      <Options found={found} query={text ?? ''} />
    </Combobox>
  )
}

function Right({ isFetching, onClear }: { isFetching: boolean; onClear: (() => void) | undefined }) {
  const t = useText()
  if (isFetching) return <Loader size={16} />
  return onClear ? (
    <CloseButton aria-label={t('kit.pick-clear')} onMouseDown={(event) => event.preventDefault()} onClick={onClear} />
  ) : null
}

export interface ManyPickerProps extends FieldProps, FindOptions {
  value: readonly Picked[]
  onChange: (value: readonly Picked[]) => void
}

/** Several of them; each can be taken out again. */
export function ManyPicker({
  id,
  label,
  help,
  error,
  required,
  disabled,
  find,
  what,
  isInside,
  value,
  onChange,
}: ManyPickerProps) {
  const t = useText()
  const [text, setText] = useState('')
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  const found = useFound(what, find, text, box.dropdownOpened)
  const isIn = (item: Picked): boolean => value.some((one) => one.id === item.id)
  return (
    <Combobox
      store={box}
      withinPortal={!isInside}
      onOptionSubmit={(chosen) => {
        const item = found.items.find((one) => one.id === chosen)
        if (item) onChange(isIn(item) ? value.filter((one) => one.id !== item.id) : [...value, item])
        setText('')
        box.closeDropdown()
      }}
    >
      <Combobox.DropdownTarget>
        <PillsInput
          label={label}
          description={help}
          error={error}
          required={required}
          disabled={disabled}
          maw="36rem"
          id={id}
          rightSection={found.isFetching ? <Loader size={16} /> : null}
        >
          <Pill.Group>
            {value.map((item) => (
              <Pill
                key={item.id}
                size="md"
                withRemoveButton={!disabled}
                removeButtonProps={{
                  'aria-label': t('kit.pick-remove', { name: item.name }),
                  'aria-hidden': false,
                  tabIndex: 0,
                }}
                onRemove={() => onChange(value.filter((one) => one.id !== item.id))}
              >
                {item.name}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                id={id}
                value={text}
                autoComplete="off"
                placeholder={value.length === 0 ? t('kit.pick-type') : undefined}
                onChange={(event) => {
                  setText(event.currentTarget.value)
                  box.openDropdown()
                  box.resetSelectedOption()
                }}
                onFocus={() => box.openDropdown()}
                onClick={() => box.openDropdown()}
                onBlur={() => box.closeDropdown()}
                onKeyDown={(event) => {
                  if (event.key === 'Backspace' && text === '') onChange(value.slice(0, -1))
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Options found={found} query={text} isIn={isIn} />
    </Combobox>
  )
}

interface FoundItems {
  items: readonly Picked[]
  isFetching: boolean
  error: unknown
  isKnown: boolean
}

function useFound(what: string, find: Find, text: string, isOpen: boolean): FoundItems {
  const [query] = useDebouncedValue(text.trim(), 200)
  const { data, isFetching, error } = useQuery({
    queryKey: ['picker', what, query],
    queryFn: ({ signal }) => find(query, signal),
    enabled: isOpen,
    placeholderData: (before) => before,
  })
  return { items: data ?? [], isFetching, error, isKnown: data !== undefined }
}

function Options({ found, query, isIn }: { found: FoundItems; query: string; isIn?: (item: Picked) => boolean }) {
  const t = useText()
  const words = useProblemWords()
  return (
    <Combobox.Dropdown hidden={!found.isKnown && !found.error}>
      <Combobox.Options mah="20rem" className={styles.options} aria-label={t('kit.search-results')}>
        {Boolean(found.error) && <Combobox.Empty ta="left">{words(found.error)}</Combobox.Empty>}
        {!found.error && found.items.length === 0 && (
          <Combobox.Empty ta="left">{t('kit.pick-none', { query })}</Combobox.Empty>
        )}
        {found.items.map((item) => (
          <Combobox.Option key={item.id} value={item.id} active={isIn?.(item)}>
            <span className={isIn?.(item) ? styles.chosen : undefined}>{item.name}</span>
            {item.detail && <span className={styles.detail}>{item.detail}</span>}
          </Combobox.Option>
        ))}
      </Combobox.Options>
    </Combobox.Dropdown>
  )
}
