/** The queues of one account in one Region, by name. */
export interface SqsState {
  readonly queues: Map<string, Queue>;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
}
