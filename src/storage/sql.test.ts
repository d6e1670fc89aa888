import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinSql, sql } from './sql.ts';

test('a value never becomes text of the statement, whatever it looks like', () => {
  const hostile = `'; drop table comment; --`;
  assert.deepEqual(sql`select * from comment where id = ${hostile}`, {
    text: 'select * from comment where id = $1',
    values: [hostile],
  });
  const dressedUp = { text: 'drop table comment', values: [] };
  assert.deepEqual(sql`select ${dressedUp}`, { text: 'select $1', values: [dressedUp] });
});

test('a forgotten value is thrown, and null is a value', () => {
  assert.throws(() => sql`select ${undefined}`, TypeError);
  assert.deepEqual(sql`select ${null}`, { text: 'select $1', values: [null] });
});

test('fragments inside fragments are numbered in the order of the text', () => {
  const inner = sql`b = ${2}`;
  const outer = sql`a = ${1} and (${inner} or ${inner})`;
  assert.deepEqual(sql`select ${0} where ${outer} limit ${3}`, {
    text: 'select $1 where a = $2 and (b = $3 or b = $4) limit $5',
    values: [0, 1, 2, 2, 3],
  });
});

test('a list of fragments is joined, and an empty one is empty', () => {
  assert.deepEqual(sql`values ${joinSql([sql`(${1}, ${2})`, sql`(${3}, ${4})`])}`, {
    text: 'values ($1, $2) , ($3, $4)',
    values: [1, 2, 3, 4],
  });
  assert.deepEqual(joinSql([sql`a`, sql`b = ${1}`], 'and'), { text: 'a and b = $1', values: [1] });
  assert.deepEqual(sql`x${joinSql([])}y`, { text: 'xy', values: [] });
});
