import type { Models as Models13 } from 'node-appwrite-13'
import type { Models as Models26 } from 'node-appwrite-26'
import type { z } from 'zod'
import type { deploymentReply } from '../../../../src-main/appwrite/deployments-replies.ts'
import type { executionReply } from '../../../../src-main/appwrite/executions-replies.ts'
import type {
  functionReply,
  runtimeReply,
  specificationReply
} from '../../../../src-main/appwrite/functions-replies.ts'
import type {
  antiVirusReply,
  certificateReply,
  clockReply,
  componentReply,
  componentsReply,
  sizeReply
} from '../../../../src-main/appwrite/health-replies.ts'
import type {
  codesReply,
  continentsReply,
  countriesReply,
  currenciesReply,
  languagesReply,
  phonesReply,
  placeReply
} from '../../../../src-main/appwrite/locale-replies.ts'
import type { messageReply, targetReply } from '../../../../src-main/appwrite/messages-replies.ts'
import type { providerReply, topicReply, userReply } from '../../../../src-main/appwrite/recipients-replies.ts'
import type { variableReply } from '../../../../src-main/appwrite/variables-replies.ts'

/** Fields a decoder reads that the SDK declares with a type the decoder would not take. */
type Misfits<Ours, Theirs> = {
  [Key in keyof Ours & keyof Theirs]: Theirs[Key] extends Ours[Key] ? never : Key
}[keyof Ours & keyof Theirs]

/** Fields a decoder reads that no SDK declares: misspelt, unless they are known to be newer than both. */
type Unnamed<Ours, Old, New> = Exclude<keyof Ours, keyof Old | keyof New>

/** What a decoder and the models of both official SDKs disagree in; `never` when in nothing. */
type Dispute<Schema extends z.ZodType, Old, New = Old> =
  Misfits<z.input<Schema>, Old> | Misfits<z.input<Schema>, New> | Unnamed<z.input<Schema>, Old, New>

/** Fails to compile when anything but the listed fields is in dispute. */
type Only<Actual extends Listed, Listed> = Actual

/** The decoders against the models of the official SDK, of 1.5 and of 1.9: checked by the compiler alone. */
export type Agreement = [
  // specification: 1.6 to 1.8, which lie between the two.
  Only<Dispute<typeof functionReply, Models13.Function, Models26.Function>, 'specification'>,
  Only<Dispute<typeof deploymentReply, Models13.Deployment, Models26.Deployment>, never>,
  // resourceId: newer than both.
  Only<Dispute<typeof executionReply, Models13.Execution, Models26.Execution>, 'resourceId'>,
  Only<Dispute<typeof variableReply, Models13.Variable, Models26.Variable>, never>,
  // data: left open by both.
  Only<Dispute<typeof messageReply, Models13.Message, Models26.Message>, 'data'>,
  Only<Dispute<typeof targetReply, Models13.Target, Models26.Target>, never>,
  Only<Dispute<typeof placeReply, Models13.Locale, Models26.Locale>, never>,
  // status: any text in both, one of two on every server.
  Only<Dispute<typeof componentReply, Models13.HealthStatus, Models26.HealthStatus>, 'status'>,
  Only<Dispute<typeof clockReply, Models13.HealthTime, Models26.HealthTime>, never>,
  // status: any text in both, and not what the documentation says on any server.
  Only<Dispute<typeof antiVirusReply, Models13.HealthAntivirus, Models26.HealthAntivirus>, 'status'>,
  Only<Dispute<typeof certificateReply, Models13.HealthCertificate, Models26.HealthCertificate>, never>,
  Only<Dispute<typeof sizeReply, Models13.HealthQueue, Models26.HealthQueue>, never>,
  Only<Dispute<typeof componentsReply, Models26.HealthStatusList>, never>,
  Only<Dispute<typeof codesReply, Models13.LocaleCodeList>, never>,
  Only<Dispute<typeof continentsReply, Models13.ContinentList>, never>,
  Only<Dispute<typeof countriesReply, Models13.CountryList>, never>,
  Only<Dispute<typeof currenciesReply, Models13.CurrencyList>, never>,
  Only<Dispute<typeof languagesReply, Models13.LanguageList>, never>,
  Only<Dispute<typeof phonesReply, Models13.PhoneList>, never>,
  Only<Dispute<typeof runtimeReply, Models13.Runtime, Models26.Runtime>, never>,
  Only<Dispute<typeof specificationReply, Models26.Specification>, never>,
  Only<Dispute<typeof topicReply, Models13.Topic, Models26.Topic>, never>,
  Only<Dispute<typeof providerReply, Models13.Provider, Models26.Provider>, never>,
  Only<Dispute<typeof userReply, Models13.User<Models13.Preferences>, Models26.User<Models26.Preferences>>, never>
]
