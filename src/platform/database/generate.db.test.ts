import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../../test/kit/children.ts'
import { aDatabase, anEmptyDatabase, type TestDatabase } from '../../../test/kit/database.ts'
import { withConnection } from './connect.ts'
import { generatedFiles, staleFiles } from './generate.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.drop())

test('the committed schema and row types are what this server, of whatever version, gives', async () => {
  expect((await staleFiles(db.ownerUrl, root)).map((file) => file.path)).toEqual([])
})

test('what a person must know of a table stands in both texts', async () => {
  const empty = await anEmptyDatabase()
  await withConnection(empty.ownerUrl, (client) =>
    client.query(`
      create schema toys;
      create table toys.box (id uuid primary key, label text not null unique, kind text check (kind in ('wood', 'tin')));
      create table toys.toy (
        id bigint generated always as identity primary key, box_id uuid not null references toys.box, made_on date,
        price numeric(12,2) not null default 0, tags text[] not null default '{}', notes jsonb, seen_at timestamptz not null);
      create index toy_made on toys.toy (made_on) where made_on is not null;
      comment on table toys.toy is 'What a child''s hand holds.';
      alter table toys.toy enable row level security; alter table toys.toy force row level security;
      create policy toy_reach on toys.toy for select using (exists (select from toys.box b where b.id = box_id and b.kind = 'wood'));
      grant usage on schema toys to mangnon_app; grant select, insert on toys.toy to mangnon_app;
      create view toys.labelled with (security_invoker = true) as
        select t.id, b.label, t.made_on from toys.toy t join toys.box b on b.id = t.box_id;`),
  )
  const [schema, tables] = (await generatedFiles(empty.ownerUrl)).map((file) => file.text)
  await empty.drop()
  expect(schema).toContain(`comment on table toys.toy is 'What a child''s hand holds.';`)
  expect(schema).toMatch(
    /alter table toys\.toy force row level security;\ncreate policy toy_reach on toys\.toy as permissive for select to public/,
  )
  expect(schema).toContain('grant insert, select on toys.toy to mangnon_app;')
  expect(schema).toContain('create view toys.labelled with (security_invoker=true) as')
  expect(tables).toContain(`  'toys.toy': {
    id: GeneratedAlways<number>
    boxId: string
    madeOn: string | null
    price: Generated<string>
    tags: Generated<string[]>
    notes: ColumnType<unknown, string | null | undefined, string | null>
    seenAt: string
  }`)
  expect(tables).toContain(`kind: 'wood' | 'tin' | null`)
  expect(tables).toMatch(/'toys\.labelled': \{\n {4}id: number\n {4}label: string\n {4}madeOn: string \| null\n/)
})

test('a name that would not come back from camelCase is refused', async () => {
  const empty = await anEmptyDatabase()
  await withConnection(empty.ownerUrl, (client) =>
    client.query('create schema toys; create table toys.toy (line_2 text)'),
  )
  await expect(generatedFiles(empty.ownerUrl)).rejects.toThrow('line_2')
  await empty.drop()
})
