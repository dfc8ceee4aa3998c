'use strict';

// The document's rule handler. It names three functions that it does not have; here each writes the agent's item.
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
const { table } = require('./table.json');

const client = new DynamoDBClient({});

exports.handler = async (input) => {
  const event = eventBridgeEvent(input);
  switch (event.detailType) {
    case 'AgentLifecycle':
      return handleAgentLifecycle(event.detail);
    case 'CoordinationEvent':
      return handleCoordination(event.detail);
    default:
      // oxlint-disable-next-line no-console -- runs in Lambda, whose console is its log
      console.warn(`Unknown event type: ${event.detailType}`);
      return null;
  }
};

/** As `serde` reads `EventBridgeEvent`: what is missing is an error, what is more is dropped. */
function eventBridgeEvent(input) {
  const { agentId, event, payload, timestamp } = fieldsOf(input.detail, ['agentId', 'event', 'payload', 'timestamp']);
  const { source, 'detail-type': detailType } = fieldsOf(input, ['source', 'detail-type']);
  return { source, detailType, detail: { agentId, event, payload, timestamp } };
}

function fieldsOf(object, names) {
  for (const name of names) {
    if (typeof object?.[name] !== 'string') throw new TypeError(`missing field \`${name}\``);
  }
  return object;
}

async function handleAgentLifecycle({ agentId, event, payload }) {
  switch (event) {
    case 'heartbeat':
      return write(agentId, 'alive');
    case 'ready':
      return write(agentId, 'ready');
    case 'error':
      return write(agentId, 'error', payload);
    default:
      return null;
  }
}

/** Of an agent's event, since no other can be read. */
async function handleCoordination({ agentId, event }) {
  return write(agentId, event);
}

async function write(agentId, status, error) {
  const Item = { agent_id: { S: agentId }, status: { S: status }, ...(error !== undefined && { error: { S: error } }) };
  await client.send(new PutItemCommand({ TableName: table, Item }));
  return null;
}
