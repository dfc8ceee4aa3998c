import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** One POST to a subscribed URL. */
export interface HttpPost {
  readonly url: string;
  readonly body: string;
  readonly contentType: string;
  readonly messageType: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  readonly messageId: string;
  readonly topicArn: string;
  readonly subscriptionArn?: string;
  readonly raw?: boolean;
}

export type PostResult = { readonly ok: true } | { readonly ok: false; readonly retryable: boolean };

/** An endpoint that takes longer has failed: the page on HTTP/S endpoints. It is real time, as the socket is. */
const answerTimeoutMs = 15_000;

/**
 * Posts to an endpoint on this machine; any other counts as unreachable. 5xx, 429 and no answer at all are worth another
 * try, other answers outside 2xx are not.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export function postToEndpoint(post: HttpPost): Promise<PostResult> {
  const url = parseUrl(post.url);
  if (url === undefined || !isLoopback(url.hostname)) return Promise.resolve({ ok: false, retryable: true });
  return new Promise((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const call = send(url, { method: 'POST', headers: headersOf(post), timeout: answerTimeoutMs }, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      const ok = status >= 200 && status < 300;
      resolve(ok ? { ok } : { ok, retryable: status >= 500 || status === 429 });
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve({ ok: false, retryable: true }));
    call.end(post.body);
  });
}

/** As recorded at an endpoint; the names in the case SNS sends them. */
function headersOf(post: HttpPost): Record<string, string | number> {
  return {
    'x-amz-sns-message-type': post.messageType,
    'x-amz-sns-message-id': post.messageId,
    'x-amz-sns-topic-arn': post.topicArn,
    ...(post.subscriptionArn !== undefined && { 'x-amz-sns-subscription-arn': post.subscriptionArn }),
    ...(post.raw === true && { 'x-amz-sns-rawdelivery': 'true' }),
    'Content-Length': Buffer.byteLength(post.body),
    'Content-Type': post.contentType,
    'User-Agent': 'Amazon Simple Notification Service Agent',
    'Accept-Encoding': 'gzip,deflate',
  };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
