import { HeaderBag } from './header-bag';
import { MessageBody } from './message-body';
import { ResponseMessage } from './request-state';

/** What `return-response` starts from. */
export function emptyResponse(): ResponseMessage {
  return {
    status: 200,
    reason: '',
    headers: new HeaderBag(),
    body: MessageBody.ofText('', 'response'),
    streamed: false,
  };
}

/** What the gateway answers by itself. */
export function errorResponse(status: number, message: string): ResponseMessage {
  const response = emptyResponse();
  response.status = status;
  response.headers.set('Content-Type', ['application/json']);
  response.body = MessageBody.ofText(JSON.stringify({ statusCode: status, message }), 'response');
  return response;
}
