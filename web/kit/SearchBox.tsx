import { Combobox, Kbd, Loader, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useProblemWords } from './problem-words.ts'
import type { SearchSource } from './search.ts'
import { useFormat, useText } from './text.tsx'
import styles from './SearchBox.module.css'

export interface SearchBoxProps {
  source: SearchSource
  /** Called when Ctrl K asks for the box, before it takes the focus: a place to unfold it. */
  onOpen?: () => void
}

const waitMs = 200

/** One box over everything, results grouped by kind; Ctrl K from anywhere. */
export function SearchBox({ source, onOpen }: SearchBoxProps) {
  const t = useText()
  const format = useFormat()
  const words = useProblemWords()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [typed] = useDebouncedValue(text.trim(), waitMs)
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  const {
    data: groups,
    error,
    isFetching,
  } = useQuery({
    queryKey: ['search', typed],
    queryFn: ({ signal }) => source(typed, signal),
    enabled: typed.length >= 2,
  })
  useHotkeys(
    [
      [
        'mod+K',
        () => {
          onOpen?.()
          requestAnimationFrame(() => input.current?.select())
        },
      ],
    ],
    [],
  )
  function go(to: string) {
    box.closeDropdown()
    setText('')
    void navigate({ to })
  }
  const found = (groups ?? []).filter((group) => group.items.length > 0)
  return (
    <Combobox store={box} onOptionSubmit={go} withinPortal position="bottom-start">
      <Combobox.Target withExpandedAttribute>
        <TextInput
          ref={input}
          type="search"
          role="combobox"
          aria-label={t('kit.search-all')}
          placeholder={t('kit.search-all')}
          leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
          rightSection={
            isFetching ? (
              <Loader size={16} />
            ) : (
              <span className={styles.keys} aria-hidden>
                <Kbd size="xs">Ctrl K</Kbd>
              </span>
            )
          }
          rightSectionWidth="4.25rem"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            box.openDropdown()
            box.resetSelectedOption()
          }}
          onFocus={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={typed.length < 2}>
        <Combobox.Options mah="70dvh" className={styles.options} aria-label={t('kit.search-results')}>
          {error && <Combobox.Empty ta="left">{words(error)}</Combobox.Empty>}
          {!error && groups && found.length === 0 && (
            <Combobox.Empty ta="left">{t('kit.search-none', { query: typed })}</Combobox.Empty>
          )}
          {!error && !groups && <Combobox.Empty ta="left">{t('kit.searching')}</Combobox.Empty>}
          {found.map((group) => (
            <Combobox.Group key={group.label} label={t(group.label)}>
              {group.items.map((item) => (
                <Combobox.Option key={item.id} value={item.to}>
                  <span className={styles.title}>{item.title}</span>
                  {item.detail && <span className={styles.detail}>{item.detail}</span>}
                </Combobox.Option>
              ))}
              {group.allTo && (group.total === undefined || group.total > group.items.length) && (
                <Combobox.Option value={group.allTo}>
                  <span className={styles.all}>
                    {group.total === undefined
                      ? t('kit.search-whole-list')
                      : t('kit.search-all-of', { count: group.total, number: format.number(group.total) })}
                  </span>
                </Combobox.Option>
              )}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
