import { expect } from 'vitest'
import type { DepthName } from '../../../src-main/appwrite/health.ts'
import type { ComponentHealth } from '../../../src-main/appwrite/health-replies.ts'
import { never } from '../appwrite/listener.ts'
import type { official13, OfficialHealth } from './official.ts'
import type { Check, Stage } from './stage.ts'

/** Above every depth: below it a queue is an error and not a number. */
const highest = 2 ** 31 - 1

/** That a depth is the number our own client reads at the same moment. */
const depth =
  (queue: DepthName, ask: (health: OfficialHealth) => Promise<{ readonly size: number }>): Check =>
  async ({ official, project }) => {
    const { size } = await ask(official.health)
    expect(size).toBe((await project.health.depth(queue, never)).value)
  }

/** That every pool passes, and is the one our own client reads. */
function expectPools(answer: unknown, ours: readonly ComponentHealth[]): void {
  const statuses = ours.map(({ name }) => ({ name, status: 'pass' }))
  expect(answer).toMatchObject({ total: ours.length, statuses })
}

export const health = {
  'GET /health': async ({ official }) => {
    expect(await official.health.get()).toMatchObject({ name: 'http', status: 'pass' })
  },
  'GET /health/anti-virus': async ({ official }) => {
    expect(await official.health.getAntivirus()).toEqual({ status: 'disabled', version: '' })
  },
  'GET /health/cache': async ({ official, project }) =>
    expectPools(await official.health.getCache(), (await project.health.cache(never)).value),
  'GET /health/certificate': async ({ official, project }) => {
    const told = await official.health.getCertificate('appwrite.example.com')
    const { subject, issuer } = (await project.health.certificate('appwrite.example.com', never)).value
    expect([told.subjectSN, told.issuerOrganisation]).toEqual([subject, issuer])
    expect(subject).not.toBe('')
  },
  'GET /health/db': async ({ official, project }) =>
    expectPools(await official.health.getDB(), (await project.health.db(never)).value),
  'GET /health/pubsub': async ({ official, project }) =>
    expectPools(await official.health.getPubSub(), (await project.health.pubsub(never)).value),
  'GET /health/queue/builds': depth('builds', (health) => health.getQueueBuilds(highest)),
  'GET /health/queue/certificates': depth('certificates', (health) => health.getQueueCertificates(highest)),
  'GET /health/queue/databases': depth('databases', (health) => health.getQueueDatabases(undefined, highest)),
  'GET /health/queue/deletes': depth('deletes', (health) => health.getQueueDeletes(highest)),
  'GET /health/queue/failed/{name}': async ({ official, project }) => {
    const { size } = await official.health.getFailedJobs('v1-webhooks', highest)
    expect(size).toBeGreaterThan(0)
    expect(size).toBe((await project.health.failed('webhooks', never)).value)
  },
  'GET /health/queue/functions': async ({ official, project, simulator }) => {
    // A number that says something: with nothing waiting, a wrong queue would be 0 as well.
    simulator.control.start({ kind: 'flood', queue: 'functions', perMinute: 600 })
    simulator.control.step(120_000)
    const { size } = await official.health.getQueueFunctions(highest)
    expect(size).toBeGreaterThan(0)
    expect(size).toBe((await project.health.depth('functions', never)).value)
    await expect(official.health.getQueueFunctions(1)).rejects.toMatchObject({
      code: 503,
      type: 'health_queue_size_exceeded'
    })
    simulator.control.undo('all')
  },
  'GET /health/queue/logs': depth('logs', (health) => health.getQueueLogs(highest)),
  'GET /health/queue/mails': depth('mails', (health) => health.getQueueMails(highest)),
  'GET /health/queue/messaging': depth('messaging', (health) => health.getQueueMessaging(highest)),
  'GET /health/queue/migrations': depth('migrations', (health) => health.getQueueMigrations(highest)),
  'GET /health/queue/webhooks': depth('webhooks', (health) => health.getQueueWebhooks(highest)),
  'GET /health/storage': async ({ official }) => {
    expect(await official.health.getStorage()).toMatchObject({ status: 'pass' })
  },
  'GET /health/storage/local': async ({ official }) => {
    expect(await official.health.getStorageLocal()).toMatchObject({ status: 'pass' })
  },
  'GET /health/time': async ({ official, project }) => {
    const { localTime, diff } = await official.health.getTime()
    const { localAtMs, offsetMs } = (await project.health.time(never)).value
    expect([localTime * 1000, diff * 1000]).toEqual([localAtMs, offsetMs])
  }
} as const satisfies Readonly<Record<string, Check>>

type Stage13 = Stage<ReturnType<typeof official13>>

/** The checks that 1.6.2 took away or gave another name, and later official clients with it. */
export const healthOf15 = {
  'GET /health/queue': async ({ official, project }: Stage13) =>
    expectPools(await official.health.getQueue(), (await project.health.queue(never)).value),
  'GET /health/queue/usage': async ({ official, project }: Stage13) => {
    const { size } = await official.health.getQueueUsage(highest)
    expect(size).toBe((await project.health.depth('usage', never)).value)
  },
  'GET /health/queue/usage-dump': async ({ official, project }: Stage13) => {
    const { size } = await official.health.getQueueUsageDump(highest)
    expect(size).toBe((await project.health.depth('usage-dump', never)).value)
  }
}
