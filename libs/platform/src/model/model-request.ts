/** Where a model is asked. */
export interface ModelEndpoint {
  /** Of an OpenAI-compatible API (`…/v1` or `…/chat/completions`), or of Anthropic's (`…/v1/messages`). */
  url: string;
  model: string;
  /** Local endpoints need none. */
  key?: string;
}

export interface ModelQuestion {
  instructions: string;
  text: string;
  /** What is beyond is cut. */
  maxTokens: number;
  /** Of an answer that is to be JSON. An endpoint that can't hold its model to one is asked without. */
  shape?: { name: string; schema: Record<string, unknown> };
}

/** What endpoints differ in, and tell only by refusing. */
export interface ModelDialect {
  /** Newer models of OpenAI-compatible APIs take only the second, most other endpoints only the first. */
  limitName: 'max_tokens' | 'max_completion_tokens';
  takesShape: boolean;
}

/** A model that takes `max_completion_tokens` thinks before it answers, and what it thinks counts. */
const ROOM_TO_THINK = 4_000;

/** One request to the model, in the words of its API. */
export function modelRequest(
  { url, model, key }: ModelEndpoint,
  { instructions, text, maxTokens, shape }: ModelQuestion,
  { limitName, takesShape }: ModelDialect,
): { url: string; headers: Record<string, string>; body: object } {
  const held = takesShape ? shape : undefined;
  if (isAnthropic(url)) {
    // Anthropic's way to a shape: a tool that has to be called.
    const tool = held && { name: held.name, description: 'The answer', input_schema: held.schema };
    return {
      url: url.endsWith('/messages') ? url : `${url.replace(/\/v1$/, '')}/v1/messages`,
      headers: { 'anthropic-version': '2023-06-01', ...(key === undefined ? {} : { 'x-api-key': key }) },
      body: {
        model,
        max_tokens: maxTokens,
        system: instructions,
        messages: [{ role: 'user', content: text }],
        ...(tool === undefined ? {} : { tools: [tool], tool_choice: { type: 'tool', name: tool.name } }),
      },
    };
  }
  return {
    url: url.endsWith('/chat/completions') ? url : `${url}/chat/completions`,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    body: {
      model,
      [limitName]: limitName === 'max_tokens' ? maxTokens : maxTokens + ROOM_TO_THINK,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content: text },
      ],
      ...(held === undefined
        ? {}
        : {
            // Not `strict`: that takes a subset of JSON Schema which few shapes keep to.
            response_format: { type: 'json_schema', json_schema: { name: held.name, schema: held.schema } },
          }),
    },
  };
}

/** What a refusal says about the endpoint; undefined where it says nothing that asking otherwise would help. */
export function learnFromRefusal(
  dialect: ModelDialect,
  { status, answer, asksShape }: { status: number; answer: string; asksShape: boolean },
): Partial<ModelDialect> | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const isLimit = status === 400 && answer.includes('max_tokens') && answer.includes('max_completion_tokens');
  if (dialect.limitName === 'max_tokens' && isLimit) return { limitName: 'max_completion_tokens' };
  const isShape = asksShape && /response_format|json_schema|tool_choice|input_schema|tools/.test(answer);
  return dialect.takesShape && isShape ? { takesShape: false } : undefined;
}

/** The text of an answer of either API, of a called tool its arguments; undefined for any other shape. */
export function readModelAnswer(answer: unknown): string | undefined {
  const { choices, content } = fieldsOf(answer);
  if (Array.isArray(choices)) return textIn(fieldsOf(fieldsOf(choices[0])['message'])['content']);
  return toolIn(content) ?? textIn(content);
}

function isAnthropic(url: string): boolean {
  return url.endsWith('/messages') || new URL(url).hostname === 'api.anthropic.com';
}

function toolIn(content: unknown): string | undefined {
  const called = Array.isArray(content) ? content.map(fieldsOf).find(({ type }) => type === 'tool_use') : undefined;
  return called === undefined ? undefined : JSON.stringify(called['input']);
}

function textIn(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map(fieldsOf).flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  return texts.length === 0 ? undefined : texts.join('');
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
