import type { DynamoState } from '../../dynamodb/table.ts';
import { checkedTableName } from '../../dynamodb/table-names.ts';
import type { Operation } from '../../service.ts';
import type { ListStreamsInput, ListStreamsOutput } from '../generated/shapes.ts';
import { dynamodbQuotas } from '../../quotas.ts';

export default {
  handle(input, state) {
    const name = input.TableName === undefined ? undefined : checkedTableName(input.TableName);
    const matching = [...state.streams.values()]
      .filter(({ tableName }) => name === undefined || tableName === name)
      .toSorted((one, two) => (one.arn < two.arn ? -1 : 1));
    const rest = matching.filter(({ arn }) => arn > (input.ExclusiveStartStreamArn ?? ''));
    const page = rest.slice(0, input.Limit ?? dynamodbQuotas.streamsListedMax);
    const last = page.at(-1);
    return {
      Streams: page.map(({ arn, label, tableName }) => ({ StreamArn: arn, StreamLabel: label, TableName: tableName })),
      ...(rest.length > page.length && last && { LastEvaluatedStreamArn: last.arn }),
    };
  },
} satisfies Operation<ListStreamsInput, ListStreamsOutput, DynamoState>;
