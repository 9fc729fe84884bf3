/** What the parts of a project's world are made from, and told apart by. */
export interface ProjectIdentity {
  readonly projectId: string
  readonly name: string
}
