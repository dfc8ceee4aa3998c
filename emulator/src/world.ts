import { createCallLines } from './call-lines.ts';
import type { CallLines } from './call-lines.ts';
import { createChoices } from './choices.ts';
import type { Choice, ChoiceLog, Choices } from './choices.ts';
import { realClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { callByName } from './doors/client.ts';
import { createRequestIds } from './ids.ts';
import { loadService, loadedService } from './loader.ts';
import type { OwnedWorld } from './owned-world.ts';
import { ratesOf } from './permissions/permits.ts';
import type { Permits } from './permissions/permits.ts';
import { seededRandom } from './random.ts';
import type { Strategy } from './strategy.ts';
import type { Delivery, DeliveryResult, LoadedService, ServiceDefinition, World } from './service.ts';

export interface WorldOptions {
  /** 12 digits. */
  readonly accountId?: string;
  readonly region?: string;
  readonly clock?: Clock;
  /** What the world may do that is not friendly; nothing where absent. */
  readonly permissions?: Permits;
  readonly seed?: number;
  /** Of ids and receipt handles, where they must not follow `seed`. */
  readonly idSeed?: number;
  /** Choices to replay; then the seed chooses nothing. */
  readonly choices?: readonly Choice[] | undefined;
  /** Where choices that were not friendly are written down; all are kept where absent. */
  readonly log?: ChoiceLog;
  readonly strategy?: Strategy | undefined;
}

interface Share {
  readonly accountId: string;
  readonly clock: Clock;
  readonly choices: Choices;
  readonly callLine: CallLines;
  readonly strategy: Strategy | undefined;
  readonly random: () => number;
  readonly regions: Map<string, OwnedWorld>;
  readonly counts: Map<string, number>;
  /** By kind, then by name. */
  readonly ordinals: Map<string, Map<string, number>>;
  readonly requestId: () => string;
  readonly isAdverse: boolean;
  readonly otherAccount: (accountId: string, region: string) => OwnedWorld | undefined;
  inFlight: number;
  parked: number;
}

/** One account's share of AWS, seen from one Region; its other Regions are siblings with the same time and chance. */
export function createWorld({
  accountId = '000000000000',
  region = 'us-east-1',
  clock = realClock,
  permissions = [],
  seed = 0,
  idSeed = seed,
  choices,
  log,
  strategy,
  otherAccount = () => undefined,
}: WorldOptions & { readonly otherAccount?: Share['otherAccount'] } = {}): OwnedWorld {
  const random = seededRandom(idSeed);
  const rates = ratesOf(permissions);
  const drawn = createChoices({ seed, rates, replay: choices, log, strategy });
  return worldIn(
    {
      accountId,
      clock,
      choices: drawn,
      callLine: createCallLines(drawn),
      strategy,
      random,
      requestId: createRequestIds(random),
      regions: new Map(),
      counts: new Map(),
      ordinals: new Map(),
      isAdverse: rates.size > 0 || choices !== undefined,
      otherAccount,
      inFlight: 0,
      parked: 0,
    },
    region,
  );
}

function worldIn(share: Share, region: string): OwnedWorld {
  const existing = share.regions.get(region);
  if (existing !== undefined) return existing;
  const states = new Map<string, unknown>();
  const world: OwnedWorld = {
    accountId: share.accountId,
    region,
    clock: share.clock,
    choose: share.choices.choose,
    random: share.random,
    state: (definition) => {
      let state = states.get(definition.name);
      if (state === undefined) {
        state = definition.createState(world);
        states.set(definition.name, state);
      }
      if (!isStateOf(definition, state)) throw new Error(`no state of '${definition.name}'`);
      return state;
    },
    deliver: (delivery) => track(share, deliver(world, delivery)),
    call: (service, operation, input) => track(share, callByName(world, service, operation, input)),
    park: (begin) => {
      share.inFlight -= 1;
      share.parked += 1;
      return new Promise((resolve) => {
        begin((value) => {
          share.inFlight += 1;
          share.parked -= 1;
          resolve(value);
        });
      });
    },
    spawn: (work) => {
      track(share, work()).catch(crash);
    },
    sibling: (place) =>
      place.accountId === undefined || place.accountId === share.accountId
        ? worldIn(share, place.region ?? region)
        : share.otherAccount(place.accountId, place.region ?? region),
    fired: share.choices.fired,
    requests: () => Object.fromEntries(share.counts),
    inFlight: () => share.inFlight,
    parked: () => share.parked,
    track: (work) => track(share, work),
    requestId: share.requestId,
    countRequest: (name) => {
      share.counts.set(name, (share.counts.get(name) ?? 0) + 1);
    },
    ordinal: (name, kind = '') => {
      let ordinals = share.ordinals.get(kind);
      if (ordinals === undefined) {
        ordinals = new Map();
        share.ordinals.set(kind, ordinals);
      }
      const ordinal = ordinals.get(name) ?? 0;
      ordinals.set(name, ordinal + 1);
      return ordinal;
    },
    callLine: share.callLine,
    isAdverse: share.isAdverse,
    strategy: share.strategy,
  };
  share.regions.set(region, world);
  return world;
}

async function track<T>(share: Share, work: Promise<T>): Promise<T> {
  share.inFlight += 1;
  try {
    return await work;
  } finally {
    share.inFlight -= 1;
  }
}

/** What a spawned work rejects with is a bug and must not pass in silence. */
function crash(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** A state is kept under the name of the definition that made it. */
function isStateOf<S>(_definition: ServiceDefinition<S>, state: unknown): state is S {
  return state !== undefined;
}

async function deliver(world: OwnedWorld, delivery: Delivery): Promise<DeliveryResult> {
  const [, , name = '', region = '', accountId = ''] = delivery.targetArn.split(':');
  const target = world.sibling({ accountId, region: region === '' ? world.region : region });
  const service = loadedService(name) ?? (await loadService(name));
  if (target === undefined || service === undefined) {
    return { ok: false, retryable: false, code: 'ResourceNotFoundException', message: `no '${delivery.targetArn}'` };
  }
  return receive(service, target, delivery);
}

async function receive({ definition }: LoadedService, target: World, delivery: Delivery): Promise<DeliveryResult> {
  if (definition.receive === undefined) {
    return {
      ok: false,
      retryable: false,
      code: 'InvalidParameterValue',
      message: `'${definition.name}' takes nothing`,
    };
  }
  return definition.receive(delivery, target.state(definition), target);
}
