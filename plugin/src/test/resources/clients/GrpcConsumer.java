import java.util.Map;
import org.apache.rocketmq.client.apis.ClientConfiguration;
import org.apache.rocketmq.client.apis.ClientServiceProvider;
import org.apache.rocketmq.client.apis.consumer.ConsumeResult;
import org.apache.rocketmq.client.apis.consumer.FilterExpression;
import org.apache.rocketmq.client.apis.consumer.PushConsumer;

/** Consumes a topic with gRPC until its input ends; launched as a source file beside the jar of the client. */
final class GrpcConsumer {
    public static void main(String[] args) throws Exception {
        ClientConfiguration proxy = ClientConfiguration.newBuilder()
                .setEndpoints(args[0])
                .enableSsl(false)
                .build();
        try (PushConsumer consumer = ClientServiceProvider.loadService()
                .newPushConsumerBuilder()
                .setClientConfiguration(proxy)
                .setConsumerGroup(args[1])
                .setSubscriptionExpressions(Map.of(args[2], FilterExpression.SUB_ALL))
                .setMessageListener(message -> ConsumeResult.SUCCESS)
                .build()) {
            System.out.println("started");
            System.in.read();
        }
        System.exit(0);
    }
}
