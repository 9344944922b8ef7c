/**
 * Migrations in virtual time: the real engine over simulated clusters, with everything that goes wrong.
 *
 * <p>{@code ConformanceIT} keeps the simulated world honest. It plays the same {@code Scenes} on real servers with real
 * clients and in the simulator, and compares what is seen: which events, in which order, and when. The product's own
 * reader and writer look and act in both. What each scene covers:
 *
 * <table>
 * <caption>What scenes cover</caption>
 * <tr><th>scene</th><th>covers</th></tr>
 * <tr><td>ladder</td><td>a merged route at a joined name server; when producers and members follow a change of access;
 * which member is given which queue; heartbeats to the brokers of both clusters; sends that a closed broker accepts</td></tr>
 * <tr><td>closed</td><td>a topic with no queue to write (a producer asks for the route at each send) and with no queue to
 * read (members keep their queues, and repeat the refused pull after 1 s)</td></tr>
 * <tr><td>orderly</td><td>members of an orderly group come and go: locks, notifications, requests 203, 300 and 307</td></tr>
 * <tr><td>offsets</td><td>requests 202 and 43; where a new group begins; commits with pulls, every 5 s and at the end of a
 * member; an offset that is set; retry topics; a topic that is removed</td></tr>
 * <tr><td>route</td><td>request 217: how long a route that was set stays</td></tr>
 * <tr><td>restart</td><td>a killed broker: routes at both name servers, members, producers that choose another broker; and
 * that all of it is as before some seconds after it has come back</td></tr>
 * <tr><td>nameserver (thorough)</td><td>a killed name server: clients keep their routes; what it knows before and after
 * brokers register again</td></tr>
 * <tr><td>join (thorough)</td><td>when a broker whose setting has changed registers with another name server</td></tr>
 * </table>
 *
 * <p>They are played with 4.7.1, 4.9.7, 5.1.4, 5.3.3 and 5.5.0 of servers and clients. No scene covers these behaviors of the
 * simulator, which follow from RocketMQ's source or from other measurements:
 *
 * <ul>
 *   <li>name servers: several on one side, and clients that change to another; a broker that is forgotten two minutes after
 *       its last registration; requests 104 and 216; notes; the registration of slaves
 *   <li>brokers: several of one cluster; slaves, which have everything at once; order marks and attributes; lists of topics
 *       that are ignored (request 18); members that expire after two minutes, locks after one; members of groups that a
 *       broker does not have; a group that is not enabled; queues that do not begin at 0; messages that are not in memory
 *       any more, which a new group skips; what a broker holds back (delays, half messages, retries); settings that are
 *       read every two minutes while there are others to register with
 *   <li>clients: applications that are connected to both clusters, and send to the other one what one of them does not take;
 *       FIFO producers, whose queue follows from the key; transactions and delays; messages that a member returns;
 *       groups that divide only the queues of listed brokers, as the strategies of machine rooms do;
 *       members that crash or hang; a queue that a member loses while it consumes a message, and gets back; a lock that is
 *       lost; members of broadcasting groups, which read all queues, keep their offsets in a file, and begin at the end of
 *       a queue that is not in it (LocalFileOffsetStore and RebalancePushImpl, up to 5.1.4); a group that spans both clusters' brokers while some members do not know all of them (which broker a member
 *       asks for the other members is left to chance)
 *   <li>people: a third cluster at the destination's name servers, a broker that is added, offsets that are set back, a group
 *       that is offline for some time
 *   <li>the network: connections that are cut, answers that are lost or late, servers that do not answer
 * </ul>
 *
 * <p>What real servers do and the simulator does not: members of broadcasting groups that crash (the documentation says that
 * a topic may move without them); a broker that is killed forgets the offsets of its last 5 s; a producer
 * with {@code sendLatencyFaultEnable} avoids slow brokers; a member consumes several messages of a queue at a time.
 */
package io.github.rocketmigrate.sim;
