import Fastify from 'fastify'
import pg from 'pg'

/**
 * What officers would have without this product: a small service that keeps what it is sent, one upsert per request, nothing else: no walls, no
 * audit, no keys against doubling. Run as a process of its own: `naive.ts CONNECTION PORT`.
 */
const [, , connection, port] = process.argv
const pool = new pg.Pool({ connectionString: connection, max: 10 })
await pool.query(
  'create table if not exists public.naive_section (report_id uuid, section text, content jsonb, version integer, primary key (report_id, section))',
)
const server = Fastify()
server.put('/api/v1/reporting/reports/:id/sections/:section', async (request) => {
  const { id, section } = request.params as { id: string; section: string }
  const { version, content } = request.body as { version: number; content: object }
  const { rows } = await pool.query<{ version: number }>({
    name: 'upsert',
    text: `insert into public.naive_section values ($1, $2, $3, $4) on conflict (report_id, section)
      do update set content = excluded.content, version = excluded.version + 1 returning version`,
    values: [id, section, JSON.stringify(content), version],
  })
  return rows[0]
})
await server.listen({ port: Number(port), host: '127.0.0.1' })
