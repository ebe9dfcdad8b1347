import { Container } from '@mantine/core';
import { Loading } from '../show/states.js';

export function PageLoading() {
  return (
    <Container size="56rem" px={{ base: 'md', sm: 'xl' }} py="xl">
      <Loading lines={6} />
    </Container>
  );
}
