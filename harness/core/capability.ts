/** What an application may rely on. A new entry is a type error in every profile until it says how far it holds. */
export const capabilities = {
  delivery: 'every active matching subscription gets each message',
  'no-duplicates': 'a subscription gets a message once',
  'per-publisher-order': 'messages of one publisher reach a subscription in the order of their publish calls',
  'cross-subject-order': 'the order of one publisher holds across its subjects',
  'interest-only': 'a message nobody is subscribed to is dropped, and a late subscriber sees nothing older than itself',
  'subscribe-barrier': 'a subscription is active once flush has returned',
  'unsubscribe-barrier': 'nothing is delivered after unsubscribe has returned',
  'auto-unsubscribe': 'a subscription ends by itself after a number of messages',
  'overlapping-subscriptions': 'each of several matching subscriptions of one session gets its copy',
  'no-echo': 'a session can ask not to receive its own messages',
  headers: 'headers arrive with their names, and with all values of a name in their order',
  'reply-subject': 'the reply subject arrives',
  'fire-and-forget': 'publish does not wait for receivers',
  'publish-failure': 'a publish that failed in part is told to the publisher',
  'unknown-destination': 'a message to nowhere is dropped without an error',
  'fan-out': 'one message reaches a thousand subscriptions',
  'slow-sibling': 'one slow subscription does not hold up another',
  'payload-bytes': 'any bytes arrive as they were sent',
  'subject-mapping': 'the whole subject arrives, distinct subjects stay distinct, and filters match by token',
  'subject-limits': 'subjects of any root, length and number of tokens',
  'queue-group': 'each message goes to one member of each group',
  'queue-group-copies': 'every group and every plain subscription gets its copy',
  'queue-group-filter': 'members of one group may have different filters',
  'queue-group-failover': 'others take over when a member leaves',
  'queue-group-at-most-once': 'what a crashed member held is not given to another',
  'queue-group-order': 'the order of one publisher holds within what a member receives',
  'queue-group-distribution': 'messages spread over the members',
  'queue-group-push': 'members are pushed to, without polling delay',
  'queue-group-names': 'group names are case-sensitive and may hold any character but white space',
  'request-reply': 'a request gets the first reply',
  'no-responders': 'a request nobody can answer fails at once with an error of its own',
  'request-deadline': 'a request ends at the deadline of its caller',
  'reply-matching': 'a reply reaches its own request and no other',
  'request-many': 'one request collects many replies',
  'execute-once': 'one responder executes a request, once',
  'application-error': 'an error of the responder can be told from one of the transport',
  'request-metadata': 'the responder sees reply subject and headers',
  'responder-identity': 'the addressed live agent answers',
  'kv-values': 'any bytes can be stored and read back',
  'kv-large-values': 'values of up to a mebibyte',
  'kv-read-your-write': 'a session reads what it has written',
  'kv-compare-and-set': 'create and update succeed only on the expected revision',
  'kv-bucket-revision': 'revisions grow over all keys of a bucket',
  'kv-delete-marker': 'a delete leaves a marker that watchers and history see',
  'kv-purge': 'a purge removes the history and leaves one marker',
  'kv-history': 'a number of values are kept per key',
  'kv-watch-initial': 'a watch begins with the present values and says where they end',
  'kv-watch-order': 'a watch delivers every update in the order of revisions',
  'kv-watch-wildcard': 'a watch filters keys by wildcards',
  'kv-watch-options': 'a watch can begin with history, with updates, or after a revision',
  'kv-keys': 'listing keys leaves deleted ones out',
  'kv-ttl': 'values expire when they are due',
  'kv-key-ttl': 'a created key may have a time to live of its own',
  'kv-dedup': 'a message id is written once in a bucket',
  'kv-key-grammar': 'keys of letters, digits and - / = . _',
  'kv-concurrent-writers': 'writers meet no errors but conflicts of revision',
  broadcast: 'every connected subscriber receives once',
  'broadcast-order': 'all receivers see the messages of a publisher in one order',
  'broadcast-scale': 'more than fifteen hundred recipients',
  'group-blocking': 'a group waits while one of its messages is in hand',
  replay: 'a consumer may begin at a sequence or a time',
} as const satisfies Record<string, string>;

export type Capability = keyof typeof capabilities;

/** How far a profile keeps a promise; anything but `full` brings its reason and the page that says so. */
export type Support =
  | { readonly level: 'full'; readonly requestsPerMessage?: string }
  | {
      readonly level: 'weaker' | 'none';
      readonly why: string;
      readonly source: string;
      readonly requestsPerMessage?: string;
    };

export type Profile = Readonly<Record<Capability, Support>>;
