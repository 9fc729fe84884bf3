import { queuesOf } from '../../src-main/appwrite/queues.ts'

/** The twelve queues of Appwrite 1.5. */
export const queueNames = queuesOf(null).map(({ name }) => name)
