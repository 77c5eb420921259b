import { describe, expect, test } from 'vitest'
import { describeSettings, InvalidSettings, readConfig } from './config.ts'
import { settings } from './settings.ts'

describe('settings from the environment', () => {
  test('nothing set gives the embedded database on this machine only, with the demonstration', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: undefined,
      demo: true,
      environment: 'development',
    })
    expect(config.home).toBe(`${process.cwd()}/.mangnon`)
    expect(config.given).toEqual([])
  })

  test.each([
    ['an external database', { DATABASE_URL: 'postgresql://a@b/c' }, false],
    ['production', { MANGNON_ENV: 'production' }, false],
    ['production named by NODE_ENV', { NODE_ENV: 'production' }, false],
    ['production, when asked', { MANGNON_ENV: 'production', MANGNON_DEMO: '1' }, true],
    ['an external database, when asked', { DATABASE_URL: 'postgresql://a@b/c', MANGNON_DEMO: '1' }, true],
    ['the embedded database, when refused', { MANGNON_DEMO: '0' }, false],
  ])('the demonstration on %s', (_, env, demo) => {
    expect(readConfig(env).demo).toBe(demo)
  })

  test('MANGNON_ENV stands above NODE_ENV', () => {
    expect(readConfig({ NODE_ENV: 'production', MANGNON_ENV: 'development' }).environment).toBe('development')
  })

  test('empty text counts as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 8080, databaseUrl: undefined, given: [] })
  })

  test('whatever cannot be read is named, all at once, without its value', () => {
    const env = {
      PORT: 'eighty',
      MANGNON_SESSION_HOURS: '0',
      DATABASE_URL: 'mysql://me:hunter2@there/db',
      MANGNON_DEMO: 'yes',
    }
    const read = () => readConfig(env)
    expect(read).toThrow(InvalidSettings)
    expect(read).toThrow(/PORT[^]*DATABASE_URL/)
    expect(read).not.toThrow(/hunter2/)
  })

  test('the list shows what is in force, and where it comes from', () => {
    const list = describeSettings({ NODE_ENV: 'production', MANGNON_HOME: 'data' })
    const told = Object.fromEntries(list.map(({ name, value, source }) => [name, `${value} ${source}`]))
    expect(told).toMatchObject({
      MANGNON_ENV: 'production NODE_ENV',
      MANGNON_HOME: `${process.cwd()}/data environment`,
      MANGNON_BACKUPS: `${process.cwd()}/data/backups default`,
      MANGNON_DEMO: '0 default',
      PORT: '8080 default',
    })
  })

  test.each([
    ['2', 2],
    ['127.0.0.1', ['127.0.0.1']],
    ['10.20.0.0/16, ::1', ['10.20.0.0/16', '::1']],
  ])('trusted proxies are a number or addresses: %s', (text, read) => {
    expect(readConfig({ MANGNON_TRUSTED_PROXIES: text }).trustedProxies).toEqual(read)
  })

  test.each(['11', 'proxy.example.vn', '10.20.0.0/33', '127.0.0.1,'])('trusted proxies are refused: %s', (text) => {
    expect(() => readConfig({ MANGNON_TRUSTED_PROXIES: text })).toThrow(/MANGNON_TRUSTED_PROXIES/)
  })

  test('the list masks secrets and explains every setting in three languages', () => {
    const list = describeSettings({ DATABASE_URL: 'postgresql://me:hunter2@there/db', PORT: '9000' })
    expect(list.find((line) => line.name === 'DATABASE_URL')).toEqual({
      name: 'DATABASE_URL',
      value: '********',
      source: 'environment',
    })
    expect(list.find((line) => line.name === 'PORT')).toEqual({ name: 'PORT', value: '9000', source: 'environment' })
    expect(JSON.stringify(list)).not.toContain('hunter2')
    const unexplained = settings.filter(({ meaning }) =>
      [meaning.vi, meaning.en, meaning.fr].some((text) => text.length < 10),
    )
    expect(unexplained).toEqual([])
  })
})
