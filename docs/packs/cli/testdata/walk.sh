# A walk through the life of a group: autoscaling fake -- sh -v walk.sh

# What instances are made from.
autoscaling configurations create --scaling-configuration-name small \
    --instance-config.flavor-ref s6.small.1 --instance-config.image-ref ubuntu \
    --instance-config.key-name me \
    --instance-config.disk '[{"size":40,"volume_type":"SSD","disk_type":"SYS"}]'
config=$(autoscaling configurations find small -o json |
    sed -n 's/.*"scaling_configuration_id": "\(.*\)".*/\1/p')

# A request that breaks rules is not sent.
autoscaling groups create --scaling-group-name 'my web' \
    --max-instance-number 500 --networks '[{"id":""}]'
echo "status $?"

# This one is fine. First to look at, then for real.
autoscaling groups create --scaling-group-name web --dry-run \
    --scaling-configuration-id "$config" --vpc-id vpc-1 \
    --networks '[{"id":"subnet-1"}]' --max-instance-number 5 |
    sed 's/127.*:[0-9]*/FAKE/; 5,$d'
autoscaling groups create --scaling-group-name web \
    --scaling-configuration-id "$config" --vpc-id vpc-1 \
    --networks '[{"id":"subnet-1"}]' --max-instance-number 5 \
    --desire-instance-number 1
group=$(autoscaling groups list -o yaml | sed -n 's/.*group_id: "\(.*\)"/\1/p')
autoscaling groups list
autoscaling groups resume web --wait stable --wait-every 50ms

# A policy that adds two instances.
autoscaling policies create --scaling-group-id "$group" \
    --scaling-policy-name grow --scaling-policy-type ALARM --alarm-id al-1 \
    --scaling-policy-action.operation ADD \
    --scaling-policy-action.instance-number 2
policy=$(autoscaling policies list web -o json |
    sed -n 's/.*"scaling_policy_id": "\(.*\)".*/\1/p')
autoscaling policies execute "$policy"
autoscaling groups wait web stable --wait-every 50ms -o yaml | grep number
autoscaling policies list web
autoscaling instances list web

# It does not go as long as it has instances, unless it is forced to.
autoscaling groups delete web
echo "status $?"
autoscaling policies delete "$policy"
autoscaling groups delete web --force-delete --wait deleted
autoscaling groups list
autoscaling groups get web
echo "status $?"
