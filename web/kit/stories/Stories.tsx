import { Link } from '@tanstack/react-router'
import { useUrl } from '../address.ts'
import { oneOf } from '../url.ts'
import { FormStory } from './FormStory.tsx'
import { FiguresStory, StatesStory, TreeStory, WorkStory } from './PartsStory.tsx'
import { TableStory } from './TableStory.tsx'

const stories = {
  table: TableStory,
  figures: FiguresStory,
  work: WorkStory,
  states: StatesStory,
  tree: TreeStory,
  form: FormStory,
}

/** The kit to look at, one page at a time: `/kit?phan=form`. Not in a production build. */
export function Stories() {
  const asked = oneOf(useUrl().phan)
  const [, Story] = Object.entries(stories).find(([name]) => name === asked) ?? ['table', TableStory]
  return (
    <>
      <nav aria-label="kit" className="screen-only">
        {Object.keys(stories).map((name) => (
          <Link
            key={name}
            to="/kit"
            search={{ phan: name } as never}
            style={{ marginRight: '1rem', display: 'inline-block', padding: '0.125rem 0' }}
          >
            {name}
          </Link>
        ))}
      </nav>
      <Story />
    </>
  )
}
