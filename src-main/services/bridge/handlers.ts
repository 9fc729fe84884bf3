import type { ArgsOf, CallName, DeltaOf, FeedName, SnapshotOf, ValueOf } from '../../contract/contract.ts'
import type { LiveView } from '../live-view.ts'

/** One function a call: throws a `Failure` to answer with its fault, and stops when `signal` aborts. */
export type CallHandlers = {
  readonly [K in CallName]: (args: ArgsOf<K>, signal: AbortSignal) => ValueOf<K> | Promise<ValueOf<K>>
}

/** One function a feed: gives the view to show, or throws a `Failure` to refuse. */
export type FeedHandlers = {
  readonly [K in FeedName]: (args: ArgsOf<K>) => LiveView<SnapshotOf<K>, DeltaOf<K>>
}
