import type { Resource } from '../http/route.ts'

/** The call by which a new project shows that it is connected. */
export const ping: Resource = ({ hasPing }) =>
  hasPing
    ? [
        {
          method: 'GET',
          pattern: '/ping',
          scope: 'global',
          handle: () => ({
            status: 200,
            bytes: Buffer.from('Pong!'),
            headers: { 'Content-Type': 'text/plain; charset=UTF-8' },
            isChunked: false
          })
        }
      ]
    : []
