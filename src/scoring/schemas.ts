/** A field of a message, as the discovery document describes it and as `protoJson.ts` reads it. */
export type Field =
  | { type: 'string'; enum?: readonly string[]; enumDescriptions?: readonly string[]; description?: string }
  | { type: 'boolean'; description?: string }
  | { type: 'number'; format: 'float'; description?: string }
  | { type: 'integer'; format: 'int32'; description?: string }
  | { type: 'array'; items: { $ref: string } | { type: 'string' }; description?: string }
  | { type: 'object'; additionalProperties: { $ref: string }; description?: string }
  | { $ref: string; description?: string };

export type Schema = {
  id: string;
  type: 'object';
  description: string;
  properties: Readonly<Record<string, Field>>;
};

/** Kinds of text, in the order of their numbers. */
export const textTypes = ['TEXT_TYPE_UNSPECIFIED', 'PLAIN_TEXT', 'HTML'] as const;

/** Kinds of score, in the order of their numbers. */
export const scoreTypes = ['SCORE_TYPE_UNSPECIFIED', 'PROBABILITY', 'STD_DEV_SCORE', 'PERCENTILE', 'RAW'] as const;

const scoreType: Field = { type: 'string', enum: scoreTypes, description: 'Only PROBABILITY is given.' };
const languages: Field = {
  type: 'array',
  items: { type: 'string' },
  description: 'ISO 639-1 or BCP 47. Several: the text is in all of them. Detected where none is named.',
};
const aside: Record<string, Field> = {
  clientToken: { type: 'string', description: 'Comes back as it was sent; not kept.' },
  sessionId: { type: 'string', description: 'Passed over; not kept.' },
  communityId: { type: 'string', description: 'Passed over; not kept.' },
};
const comment: Field = { $ref: 'TextEntry', description: 'The text, at most 20,480 bytes of UTF-8.' };
const context: Field = { $ref: 'Context', description: 'Passed over: no score depends on it.' };

/** The messages of the contract: one source for what is read and for what the discovery document says. */
export const schemas: Readonly<Record<string, Schema>> = Object.fromEntries(
  (
    [
      message('TextEntry', 'A text.', {
        text: { type: 'string' },
        type: { type: 'string', enum: textTypes, description: 'Only PLAIN_TEXT is read.' },
      }),
      message('ArticleAndParentComment', 'The story, and the comment that is answered.', {
        article: { $ref: 'TextEntry' },
        parentComment: { $ref: 'TextEntry' },
      }),
      message('Context', 'What stands around the text. One of both.', {
        entries: { type: 'array', items: { $ref: 'TextEntry' } },
        articleAndParentComment: { $ref: 'ArticleAndParentComment' },
      }),
      message('AttributeParameters', 'How an attribute is asked for.', {
        scoreType,
        scoreThreshold: { type: 'number', format: 'float', description: 'Scores below it are left out.' },
      }),
      message('AnalyzeCommentRequest', 'A text and what is asked about it.', {
        comment,
        context,
        requestedAttributes: { type: 'object', additionalProperties: { $ref: 'AttributeParameters' } },
        languages,
        spanAnnotations: { type: 'boolean', description: 'Whether each sentence is scored too.' },
        doNotStore: { type: 'boolean', description: 'Accepted; nothing is ever stored.' },
        ...aside,
      }),
      message('Score', 'A number from 0 to 1; 0.5 is the line.', {
        value: { type: 'number', format: 'float' },
        type: scoreType,
      }),
      message('SpanScore', 'The score of a piece of the text, in UTF-16 code units, end exclusive.', {
        begin: { type: 'integer', format: 'int32' },
        end: { type: 'integer', format: 'int32' },
        score: { $ref: 'Score' },
      }),
      message('AttributeScores', 'What was made of the text under one attribute.', {
        summaryScore: { $ref: 'Score' },
        spanScores: { type: 'array', items: { $ref: 'SpanScore' } },
      }),
      message('AnalyzeCommentResponse', 'The scores by attribute.', {
        attributeScores: { type: 'object', additionalProperties: { $ref: 'AttributeScores' } },
        languages: { type: 'array', items: { type: 'string' }, description: 'The languages in force.' },
        detectedLanguages: { type: 'array', items: { type: 'string' }, description: 'Most likely first.' },
        clientToken: { type: 'string' },
      }),
      message('SuggestCommentScoreRequest', 'What people made of a text.', {
        comment,
        context,
        attributeScores: { type: 'object', additionalProperties: { $ref: 'AttributeScores' } },
        languages,
        ...aside,
      }),
      message('SuggestCommentScoreResponse', 'That it was heard.', {
        clientToken: { type: 'string' },
        detectedLanguages: { type: 'array', items: { type: 'string' } },
        requestedLanguages: { type: 'array', items: { type: 'string' } },
      }),
    ] satisfies Schema[]
  ).map((schema) => [schema.id, schema]),
);

function message(id: string, description: string, properties: Schema['properties']): Schema {
  return { id, type: 'object', description, properties };
}
