import { CreateTopicCommand, SNSClient, SetTopicAttributesCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { client, createWorld } from '../index.ts';

const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

test('a FIFO topic has at most 100 subscriptions', async () => {
  const sns = client(createWorld(), SNSClient);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 't.fifo', Attributes: { FifoTopic: 'true' } }));
  const subscribe = (name: string) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn(name) }));
  for (let index = 0; index < 100; index++) await subscribe(`q${index}.fifo`);
  await expect(subscribe('q100.fifo')).rejects.toMatchObject({
    name: 'SubscriptionLimitExceededException',
    $metadata: { httpStatusCode: 403 },
  });
  await expect(subscribe('q0.fifo')).resolves.toBeDefined();
});

test('a topic for large messages takes few subscriptions, of some protocols', async () => {
  const sns = client(createWorld(), SNSClient);
  const { TopicArn } = await sns.send(
    new CreateTopicCommand({ Name: 't', Attributes: { MaximumMessageSize: '1048576' } }),
  );
  const mail = new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'a@example.com' });
  await expect(sns.send(mail)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  const setSize = (AttributeValue: string) =>
    sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'MaximumMessageSize', AttributeValue }));
  await expect(setSize('1023')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await setSize('262144');
  await sns.send(mail);
  await expect(setSize('262145')).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('FIFO attributes are unknown to a standard topic', async () => {
  const sns = client(createWorld(), SNSClient);
  const Attributes = { ContentBasedDeduplication: 'true' };
  await expect(sns.send(new CreateTopicCommand({ Name: 't', Attributes }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Invalid parameter: Attributes Reason: Unknown attribute ContentBasedDeduplication',
  });
});

test('a policy must be a JSON object', async () => {
  const sns = client(createWorld(), SNSClient);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 't' }));
  for (const AttributeValue of ['{', '[]', '']) {
    const command = new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue });
    await expect(sns.send(command)).rejects.toMatchObject({ message: 'Invalid parameter: Policy Error: null' });
  }
});
