// Consumes a topic with gRPC until its input ends.
const { PushConsumer, ConsumeResult } = require('rocketmq-client-nodejs');

const [endpoints, consumerGroup, topic] = process.argv.slice(2);
const consumer = new PushConsumer({
  endpoints,
  consumerGroup,
  namespace: '',
  sslEnabled: false,
  subscriptions: new Map([[topic, '*']]),
  messageListener: { consume: async () => ConsumeResult.SUCCESS },
});

consumer.startup().then(() => {
  console.log('started');
  process.stdin.on('end', () => consumer.shutdown().then(() => process.exit(0))).resume();
});
