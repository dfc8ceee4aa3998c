import type { World } from '../service.ts';
import { callInside } from './call-inside.ts';
import { parseFunctionName } from './function-name.ts';
import type { CreateEventSourceMappingRequest } from './generated/shapes.ts';
import type { Mapping } from './mapping.ts';
import { unsupportedDestination } from './mapping-settings.ts';
import { invalidParameterValue, resourceConflict } from './refusals.ts';
import type { LambdaState } from './state.ts';

/** What kind of source an ARN names; refuses what is not there, and a second mapping of the same pair. Recorded. */
export async function checkSource(
  world: World,
  state: LambdaState,
  { EventSourceArn: arn, FunctionName, DestinationConfig }: CreateEventSourceMappingRequest,
): Promise<Mapping['kind']> {
  const service = arn?.split(':')[2];
  if (arn === undefined || (service !== 'sqs' && service !== 'dynamodb')) {
    throw invalidParameterValue('Unrecognized event source.');
  }
  if (service === 'sqs' && DestinationConfig !== undefined) throw unsupportedDestination();
  const { name } = parseFunctionName(FunctionName, world);
  if (!state.functions.has(name)) throw invalidParameterValue('Function does not exist');
  if (service === 'sqs') await checkQueue(world, arn);
  else await checkStream(world, arn);
  const twin = [...state.mappings.values()].find(
    (mapping) => mapping.sourceArn === arn && mapping.settings.functionName.name === name,
  );
  if (twin !== undefined) {
    const what =
      service === 'sqs'
        ? `An event source mapping with SQS arn (" ${arn} ") and function (" ${name} ") already exists.`
        : `The event source arn (" ${arn} ") and function (" ${name} ") provided mapping already exists.`;
    throw resourceConflict(`${what} Please update or delete the existing mapping with UUID ${twin.id}`);
  }
  return service === 'sqs' ? 'queue' : 'stream';
}

async function checkQueue(world: World, arn: string): Promise<void> {
  const QueueName = arn.split(':')[5] ?? '';
  try {
    await callInside(world, 'sqs', 'GetQueueUrl', { QueueName });
  } catch (cause) {
    throw Object.assign(
      invalidParameterValue(
        'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. ' +
          'SQS Error Message: The specified queue does not exist.',
      ),
      { cause },
    );
  }
}

async function checkStream(world: World, arn: string): Promise<void> {
  try {
    await callInside(world, 'dynamodbstreams', 'DescribeStream', { StreamArn: arn });
  } catch (cause) {
    throw Object.assign(invalidParameterValue(`Stream not found: ${arn}`), { cause });
  }
}
