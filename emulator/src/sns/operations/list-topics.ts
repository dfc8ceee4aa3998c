import type { Operation } from '../../service.ts';
import type { ListTopicsInput, ListTopicsResponse } from '../generated/shapes.ts';
import { pageOf } from '../page.ts';
import type { SnsState } from '../state.ts';

const listTopics: Operation<ListTopicsInput, ListTopicsResponse, SnsState> = {
  handle({ NextToken }, state) {
    const { page, ...rest } = pageOf([...state.topics.keys()], NextToken);
    return { Topics: page.map((TopicArn) => ({ TopicArn })), ...rest };
  },
};

export default listTopics;
