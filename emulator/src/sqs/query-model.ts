import type { Member, ServiceModel, Shape } from '../model.ts';

/** Item names of lists that the query protocol knows otherwise than by `member`. */
const itemNames: Readonly<Record<string, string>> = {
  AWSAccountIdList: 'AWSAccountId',
  ActionNameList: 'ActionName',
  AttributeNameList: 'AttributeName',
  BatchResultErrorEntryList: 'BatchResultErrorEntry',
  BinaryList: 'BinaryListValue',
  ChangeMessageVisibilityBatchRequestEntryList: 'ChangeMessageVisibilityBatchRequestEntry',
  ChangeMessageVisibilityBatchResultEntryList: 'ChangeMessageVisibilityBatchResultEntry',
  DeleteMessageBatchRequestEntryList: 'DeleteMessageBatchRequestEntry',
  DeleteMessageBatchResultEntryList: 'DeleteMessageBatchResultEntry',
  ListMessageMoveTasksResultEntryList: 'ListMessageMoveTasksResultEntry',
  MessageAttributeNameList: 'MessageAttributeName',
  MessageList: 'Message',
  MessageSystemAttributeList: 'MessageSystemAttributeName',
  QueueUrlList: 'QueueUrl',
  SendMessageBatchRequestEntryList: 'SendMessageBatchRequestEntry',
  SendMessageBatchResultEntryList: 'SendMessageBatchResultEntry',
  StringList: 'StringListValue',
  TagKeyList: 'TagKey',
};

const mapNames: Readonly<Record<string, { readonly key: string; readonly value: string; readonly entry: string }>> = {
  MessageBodyAttributeMap: { key: 'Name', value: 'Value', entry: 'MessageAttribute' },
  MessageBodySystemAttributeMap: { key: 'Name', value: 'Value', entry: 'MessageSystemAttribute' },
  MessageSystemAttributeMap: { key: 'Name', value: 'Value', entry: 'Attribute' },
  QueueAttributeMap: { key: 'Name', value: 'Value', entry: 'Attribute' },
  TagMap: { key: 'Key', value: 'Value', entry: 'Tag' },
};

/**
 * SQS's model with the names of its former query protocol, which AWS's present model no longer states; they are those
 * of the API reference's query examples.
 */
export function queryModelOf(model: ServiceModel): ServiceModel {
  const shapes = Object.entries(model.shapes).map(([name, shape]) => [name, named(name, shape)] as const);
  return {
    ...model,
    xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    shapes: Object.fromEntries(shapes),
  };
}

function named(name: string, shape: Shape): Shape {
  if (shape.type === 'list') {
    const locationName = itemNames[name];
    return locationName === undefined ? shape : { ...shape, member: { ...shape.member, locationName } };
  }
  if (shape.type === 'map') {
    const names = mapNames[name];
    if (names === undefined) return shape;
    return {
      ...shape,
      key: { ...shape.key, locationName: names.key },
      value: { ...shape.value, locationName: names.value },
    };
  }
  if (shape.type !== 'structure') return shape;
  const members = Object.entries(shape.members).map(([key, member]) => [key, entryNamed(member)] as const);
  return { ...shape, members: Object.fromEntries(members) };
}

/** A flattened map is called as its entries are. */
function entryNamed(member: Member): Member {
  const names = mapNames[member.shape];
  return names === undefined ? member : { ...member, locationName: names.entry };
}
