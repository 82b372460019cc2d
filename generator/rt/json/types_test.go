package json

import (
	"os"
	"strconv"
	"testing"
	"time"
	"unsafe"
)

// The types of this file, with their table, stand for a generated package: response types like those of
// a list of AS groups, request types, a type for each kind, a recursive type, and a very wide one.

type groupList struct {
	Limit       int     `json:"limit,omitzero"`
	Groups      []group `json:"scaling_groups,omitzero"`
	TotalNumber int     `json:"total_number,omitzero"`
	StartNumber int     `json:"start_number,omitzero"`
	presence    *Presence
}

type groupStatus string

type group struct {
	Networks            []network       `json:"networks,omitzero"`
	AvailableZones      []string        `json:"available_zones,omitzero"`
	Detail              string          `json:"detail,omitzero"`
	Name                string          `json:"scaling_group_name,omitzero"`
	ID                  string          `json:"scaling_group_id,omitzero"`
	Status              groupStatus     `json:"scaling_group_status,omitzero"`
	ConfigurationID     string          `json:"scaling_configuration_id,omitzero"`
	ConfigurationName   string          `json:"scaling_configuration_name,omitzero"`
	CurrentNumber       int             `json:"current_instance_number,omitzero"`
	DesireNumber        int             `json:"desire_instance_number,omitzero"`
	MinNumber           int             `json:"min_instance_number,omitzero"`
	MaxNumber           int             `json:"max_instance_number,omitzero"`
	CoolDownTime        int             `json:"cool_down_time,omitzero"`
	LBListenerID        string          `json:"lb_listener_id,omitzero"`
	LBaaSListeners      []listener      `json:"lbaas_listeners,omitzero"`
	SecurityGroups      []securityGroup `json:"security_groups,omitzero"`
	CreateTime          time.Time       `json:"create_time,omitzero"`
	VPCID               string          `json:"vpc_id,omitzero"`
	AuditMethod         string          `json:"health_periodic_audit_method,omitzero"`
	AuditTime           int             `json:"health_periodic_audit_time,omitzero"`
	AuditGracePeriod    int             `json:"health_periodic_audit_grace_period,omitzero"`
	TerminatePolicy     string          `json:"instance_terminate_policy,omitzero"`
	IsScaling           bool            `json:"is_scaling,omitzero"`
	DeletePublicIP      bool            `json:"delete_publicip,omitzero"`
	DeleteVolume        bool            `json:"delete_volume,omitzero"`
	Notifications       []string        `json:"notifications,omitzero"`
	EnterpriseProjectID string          `json:"enterprise_project_id,omitzero"`
	CloudLocationID     string          `json:"cloud_location_id,omitzero"`
	ActivityType        string          `json:"activity_type,omitzero"`
	MultiAZPolicy       string          `json:"multi_az_priority_policy,omitzero"`
	Description         string          `json:"description,omitzero"`
	IAMAgencyName       string          `json:"iam_agency_name,omitzero"`
	presence            *Presence
}

type network struct {
	ID            string        `json:"id,omitzero"`
	IPv6Enable    bool          `json:"ipv6_enable,omitzero"`
	IPv6Bandwidth *bandwidth    `json:"ipv6_bandwidth,omitzero"`
	AllowedPairs  []addressPair `json:"allowed_address_pairs,omitzero"`
	presence      *Presence
}

type bandwidth struct {
	ID       string `json:"id,omitzero"`
	presence *Presence
}

type addressPair struct {
	IP       string `json:"ip_address,omitzero"`
	presence *Presence
}

type securityGroup struct {
	ID       string `json:"id,omitzero"`
	presence *Presence
}

type listener struct {
	PoolID   string `json:"pool_id,omitzero"`
	Port     int    `json:"protocol_port,omitzero"`
	Weight   int    `json:"weight,omitzero"`
	presence *Presence
}

// policyRequest is a request: required, optional, nullable members, and a constant.
type policyRequest struct {
	Name     string
	GroupID  string
	Type     string
	Action   *policyAction
	CoolDown Opt[int]
	Schedule *schedule
	AlarmID  Opt[string]
	Tags     []string
	Labels   map[string]string
	Owner    Opt[*policyAction]
	Zones    Opt[[]string]
	Enabled  Opt[bool]
	Factor   Opt[float64]
	Extra    Raw
}

type policyAction struct {
	Operation Opt[string]
	Number    Opt[int]
}

type schedule struct {
	LaunchTime time.Time
	Recurrence Opt[string]
	Start      Opt[time.Time]
	End        time.Time
}

// node is recursive in each way a type can be.
type node struct {
	Name     string          `json:"name,omitzero"`
	Left     *node           `json:"left,omitzero"`
	Children []node          `json:"children,omitzero"`
	Named    map[string]node `json:"named,omitzero"`
	presence *Presence
}

// kinds has a member of each kind, as a response type.
type kinds struct {
	String   string
	Bool     bool
	Int      int
	Int32    int32
	Int64    int64
	Uint64   uint64
	Float32  float32
	Float64  float64
	Decimal  string
	Time     time.Time
	Bytes    []byte
	Any      Raw
	Object   bandwidth
	Pointer  *bandwidth
	Strings  []string
	Ints     []int
	Matrix   [][]float64
	Lists    [][]string
	Names    map[string]string
	Deep     map[string][]bandwidth
	Anys     []Raw
	Times    []time.Time
	Pointers []*bandwidth
	Opts     []Opt[string]
	YesNo    bool
	IntText  int
	LongText int64
	RealText float64
	CSV      []string
	Numbers  []int
	DayTime  time.Time
	Flags    []bool
	Plain    policyAction // has no presence of its own
	presence *Presence
}

// options has an Opt of each kind, as a request type.
type options struct {
	String  Opt[string]
	Bool    Opt[bool]
	Int     Opt[int]
	Int32   Opt[int32]
	Int64   Opt[int64]
	Uint64  Opt[uint64]
	Float32 Opt[float32]
	Float64 Opt[float64]
	Decimal Opt[string]
	Time    Opt[time.Time]
	Bytes   Opt[[]byte]
	Any     Opt[Raw]
	Object  Opt[bandwidth]
	Pointer Opt[*bandwidth]
	Strings Opt[[]string]
	Ints    Opt[[]int]
	Names   Opt[map[string]string]
	YesNo   Opt[bool]
	CSV     Opt[[]string]
	DayTime Opt[time.Time]
}

// wide has more fields than the decoder keeps on its stack.
type wide struct {
	F        [300]int
	presence *Presence
}

// Indexes into testTypes.
const (
	tGroupList = iota
	tGroup
	tNetwork
	tBandwidth
	tAddressPair
	tSecurityGroup
	tListener
	tPolicyRequest
	tPolicyAction
	tSchedule
	tNode
	tKinds
	tOptions
	tWide
	tString // elements and bodies
	tInt
	tFloat64
	tFloats
	tStrings
	tBandwidths
	tAny
	tTime
	tPointer
	tOptString
	tBool
	tGroups
	tMap
)

const (
	wYesNo = iota
	wInt
	wInt64
	wFloat
	wCSV
	wNumbers
	wDayTime
)

const res = OmitZero // the fields of response types

func fields(t Type) Type {
	keys := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		keys[i] = f.Key
	}
	t.Index = Index(keys)
	return t
}

// The types of the tests, which need no links: they are put in place when the tests begin.
var (
	testTypes [tEnd]Type
	testWires [wEnd]Type
	testTexts [xEnd]Type
)

func ty(i int) *Type { return &testTypes[i] }
func wy(i int) *Type { return &testWires[i] }
func xy(i int) *Type { return &testTexts[i] }

func TestMain(m *testing.M) {
	fillTypes()
	os.Exit(m.Run())
}

func fillTypes() {
	copy(testTypes[:], append([]Type{
		tGroupList: fields(Type{Name: "groupList", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(groupList{}), Presence: unsafe.Offsetof(groupList{}.presence), Fields: []Field{
			{Key: `,"limit":`, Off: unsafe.Offsetof(groupList{}.Limit), Kind: Int, Flags: res},
			{Key: `,"scaling_groups":`, Off: unsafe.Offsetof(groupList{}.Groups), Kind: Slice, Flags: res | Required, Sub: ty(tGroup)},
			{Key: `,"total_number":`, Off: unsafe.Offsetof(groupList{}.TotalNumber), Kind: Int, Flags: res | Required},
			{Key: `,"start_number":`, Off: unsafe.Offsetof(groupList{}.StartNumber), Kind: Int, Flags: res | Required},
		}}),
		tGroup: fields(Type{Name: "group", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(group{}), Slice: (*[]group)(nil), Presence: unsafe.Offsetof(group{}.presence), Fields: []Field{
			{Key: `,"networks":`, Off: unsafe.Offsetof(group{}.Networks), Kind: Slice, Flags: res | Required, Sub: ty(tNetwork)},
			{Key: `,"available_zones":`, Off: unsafe.Offsetof(group{}.AvailableZones), Kind: Strings, Flags: res},
			{Key: `,"detail":`, Off: unsafe.Offsetof(group{}.Detail), Kind: String, Flags: res | Nullable},
			{Key: `,"scaling_group_name":`, Off: unsafe.Offsetof(group{}.Name), Kind: String, Flags: res | Required},
			{Key: `,"scaling_group_id":`, Off: unsafe.Offsetof(group{}.ID), Kind: String, Flags: res | Required},
			{Key: `,"scaling_group_status":`, Off: unsafe.Offsetof(group{}.Status), Kind: String, Flags: res | Required},
			{Key: `,"scaling_configuration_id":`, Off: unsafe.Offsetof(group{}.ConfigurationID), Kind: String, Flags: res},
			{Key: `,"scaling_configuration_name":`, Off: unsafe.Offsetof(group{}.ConfigurationName), Kind: String, Flags: res},
			{Key: `,"current_instance_number":`, Off: unsafe.Offsetof(group{}.CurrentNumber), Kind: Int, Flags: res},
			{Key: `,"desire_instance_number":`, Off: unsafe.Offsetof(group{}.DesireNumber), Kind: Int, Flags: res},
			{Key: `,"min_instance_number":`, Off: unsafe.Offsetof(group{}.MinNumber), Kind: Int, Flags: res},
			{Key: `,"max_instance_number":`, Off: unsafe.Offsetof(group{}.MaxNumber), Kind: Int, Flags: res},
			{Key: `,"cool_down_time":`, Off: unsafe.Offsetof(group{}.CoolDownTime), Kind: Int, Flags: res},
			{Key: `,"lb_listener_id":`, Off: unsafe.Offsetof(group{}.LBListenerID), Kind: String, Flags: res | Nullable},
			{Key: `,"lbaas_listeners":`, Off: unsafe.Offsetof(group{}.LBaaSListeners), Kind: Slice, Flags: res | Nullable, Sub: ty(tListener)},
			{Key: `,"security_groups":`, Off: unsafe.Offsetof(group{}.SecurityGroups), Kind: Slice, Flags: res, Sub: ty(tSecurityGroup)},
			{Key: `,"create_time":`, Off: unsafe.Offsetof(group{}.CreateTime), Kind: Time, Flags: res},
			{Key: `,"vpc_id":`, Off: unsafe.Offsetof(group{}.VPCID), Kind: String, Flags: res},
			{Key: `,"health_periodic_audit_method":`, Off: unsafe.Offsetof(group{}.AuditMethod), Kind: String, Flags: res},
			{Key: `,"health_periodic_audit_time":`, Off: unsafe.Offsetof(group{}.AuditTime), Kind: Int, Flags: res},
			{Key: `,"health_periodic_audit_grace_period":`, Off: unsafe.Offsetof(group{}.AuditGracePeriod), Kind: Int, Flags: res},
			{Key: `,"instance_terminate_policy":`, Off: unsafe.Offsetof(group{}.TerminatePolicy), Kind: String, Flags: res},
			{Key: `,"is_scaling":`, Off: unsafe.Offsetof(group{}.IsScaling), Kind: Bool, Flags: res},
			{Key: `,"delete_publicip":`, Off: unsafe.Offsetof(group{}.DeletePublicIP), Kind: Bool, Flags: res},
			{Key: `,"delete_volume":`, Off: unsafe.Offsetof(group{}.DeleteVolume), Kind: Bool, Flags: res},
			{Key: `,"notifications":`, Off: unsafe.Offsetof(group{}.Notifications), Kind: Strings, Flags: res},
			{Key: `,"enterprise_project_id":`, Off: unsafe.Offsetof(group{}.EnterpriseProjectID), Kind: String, Flags: res},
			{Key: `,"cloud_location_id":`, Off: unsafe.Offsetof(group{}.CloudLocationID), Kind: String, Flags: res | Nullable},
			{Key: `,"activity_type":`, Off: unsafe.Offsetof(group{}.ActivityType), Kind: String, Flags: res | Nullable},
			{Key: `,"multi_az_priority_policy":`, Off: unsafe.Offsetof(group{}.MultiAZPolicy), Kind: String, Flags: res},
			{Key: `,"description":`, Off: unsafe.Offsetof(group{}.Description), Kind: String, Flags: res | Nullable},
			{Key: `,"iam_agency_name":`, Off: unsafe.Offsetof(group{}.IAMAgencyName), Kind: String, Flags: res},
		}}),
		tNetwork: fields(Type{Name: "network", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(network{}), Slice: (*[]network)(nil), Presence: unsafe.Offsetof(network{}.presence), Fields: []Field{
			{Key: `,"id":`, Off: unsafe.Offsetof(network{}.ID), Kind: String, Flags: res | Required},
			{Key: `,"ipv6_enable":`, Off: unsafe.Offsetof(network{}.IPv6Enable), Kind: Bool, Flags: res},
			{Key: `,"ipv6_bandwidth":`, Off: unsafe.Offsetof(network{}.IPv6Bandwidth), Kind: Object, Flags: res | Pointer | Nullable, Sub: ty(tBandwidth)},
			{Key: `,"allowed_address_pairs":`, Off: unsafe.Offsetof(network{}.AllowedPairs), Kind: Slice, Flags: res, Sub: ty(tAddressPair)},
		}}),
		tBandwidth: fields(Type{Name: "bandwidth", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(bandwidth{}), Slice: (*[]bandwidth)(nil), Presence: unsafe.Offsetof(bandwidth{}.presence), Fields: []Field{
			{Key: `,"id":`, Off: unsafe.Offsetof(bandwidth{}.ID), Kind: String, Flags: res},
		}}),
		tAddressPair: fields(Type{Name: "addressPair", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(addressPair{}), Slice: (*[]addressPair)(nil), Presence: unsafe.Offsetof(addressPair{}.presence), Fields: []Field{
			{Key: `,"ip_address":`, Off: unsafe.Offsetof(addressPair{}.IP), Kind: String, Flags: res},
		}}),
		tSecurityGroup: fields(Type{Name: "securityGroup", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(securityGroup{}), Slice: (*[]securityGroup)(nil), Presence: unsafe.Offsetof(securityGroup{}.presence), Fields: []Field{
			{Key: `,"id":`, Off: unsafe.Offsetof(securityGroup{}.ID), Kind: String, Flags: res | Required},
		}}),
		tListener: fields(Type{Name: "listener", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(listener{}), Slice: (*[]listener)(nil), Presence: unsafe.Offsetof(listener{}.presence), Fields: []Field{
			{Key: `,"pool_id":`, Off: unsafe.Offsetof(listener{}.PoolID), Kind: String, Flags: res | Required},
			{Key: `,"protocol_port":`, Off: unsafe.Offsetof(listener{}.Port), Kind: Int, Flags: res | Required},
			{Key: `,"weight":`, Off: unsafe.Offsetof(listener{}.Weight), Kind: Int, Flags: res | Required},
		}}),
		tPolicyRequest: fields(Type{Name: "policyRequest", Kind: Struct, Size: unsafe.Sizeof(policyRequest{}), Fields: []Field{
			{Key: `,"scaling_policy_name":`, Off: unsafe.Offsetof(policyRequest{}.Name), Kind: String, Flags: Required},
			{Key: `,"scaling_group_id":`, Off: unsafe.Offsetof(policyRequest{}.GroupID), Kind: String, Flags: Required},
			{Key: `,"scaling_policy_type":`, Off: unsafe.Offsetof(policyRequest{}.Type), Kind: String, Flags: Required},
			{Key: `,"kind":`, Kind: Constant, Const: `"policy"`, Flags: Required},
			{Key: `,"scaling_policy_action":`, Off: unsafe.Offsetof(policyRequest{}.Action), Kind: Object, Flags: Pointer, Sub: ty(tPolicyAction)},
			{Key: `,"cool_down_time":`, Off: unsafe.Offsetof(policyRequest{}.CoolDown), Kind: Int, Flags: Optional},
			{Key: `,"scheduled_policy":`, Off: unsafe.Offsetof(policyRequest{}.Schedule), Kind: Object, Flags: Pointer, Sub: ty(tSchedule)},
			{Key: `,"alarm_id":`, Off: unsafe.Offsetof(policyRequest{}.AlarmID), Kind: String, Flags: Optional | Nullable},
			{Key: `,"tags":`, Off: unsafe.Offsetof(policyRequest{}.Tags), Kind: Strings},
			{Key: `,"labels":`, Off: unsafe.Offsetof(policyRequest{}.Labels), Kind: Map, Sub: ty(tString)},
			{Key: `,"owner":`, Off: unsafe.Offsetof(policyRequest{}.Owner), Kind: Object, Flags: Optional | Pointer | Nullable, Sub: ty(tPolicyAction)},
			{Key: `,"zones":`, Off: unsafe.Offsetof(policyRequest{}.Zones), Kind: Strings, Flags: Optional | Nullable},
			{Key: `,"enabled":`, Off: unsafe.Offsetof(policyRequest{}.Enabled), Kind: Bool, Flags: Optional},
			{Key: `,"factor":`, Off: unsafe.Offsetof(policyRequest{}.Factor), Kind: Float64, Flags: Optional},
			{Key: `,"extra":`, Off: unsafe.Offsetof(policyRequest{}.Extra), Kind: Any},
		}}),
		tPolicyAction: fields(Type{Name: "policyAction", Kind: Struct, Size: unsafe.Sizeof(policyAction{}), Slice: (*[]policyAction)(nil), Fields: []Field{
			{Key: `,"operation":`, Off: unsafe.Offsetof(policyAction{}.Operation), Kind: String, Flags: Optional},
			{Key: `,"instance_number":`, Off: unsafe.Offsetof(policyAction{}.Number), Kind: Int, Flags: Optional},
		}}),
		tSchedule: fields(Type{Name: "schedule", Kind: Struct, Size: unsafe.Sizeof(schedule{}), Slice: (*[]schedule)(nil), Fields: []Field{
			{Key: `,"launch_time":`, Off: unsafe.Offsetof(schedule{}.LaunchTime), Kind: Wired, Flags: Required, Sub: wy(wDayTime)},
			{Key: `,"recurrence_type":`, Off: unsafe.Offsetof(schedule{}.Recurrence), Kind: String, Flags: Optional},
			{Key: `,"start_time":`, Off: unsafe.Offsetof(schedule{}.Start), Kind: Wired, Flags: Optional, Sub: wy(wDayTime)},
			{Key: `,"end_time":`, Off: unsafe.Offsetof(schedule{}.End), Kind: Time, Flags: Required},
		}}),
		tNode: fields(Type{Name: "node", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(node{}), Slice: (*[]node)(nil), Store: Store[node], Range: Range[node], Presence: unsafe.Offsetof(node{}.presence), Fields: []Field{
			{Key: `,"name":`, Off: unsafe.Offsetof(node{}.Name), Kind: String, Flags: res},
			{Key: `,"left":`, Off: unsafe.Offsetof(node{}.Left), Kind: Object, Flags: res | Pointer, Sub: ty(tNode)},
			{Key: `,"children":`, Off: unsafe.Offsetof(node{}.Children), Kind: Slice, Flags: res, Sub: ty(tNode)},
			{Key: `,"named":`, Off: unsafe.Offsetof(node{}.Named), Kind: Map, Flags: res, Sub: ty(tNode)},
		}}),
		tKinds: fields(Type{Name: "kinds", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(kinds{}), Slice: (*[]kinds)(nil), Presence: unsafe.Offsetof(kinds{}.presence), Fields: []Field{
			{Key: `,"string":`, Off: unsafe.Offsetof(kinds{}.String), Kind: String, Flags: res},
			{Key: `,"bool":`, Off: unsafe.Offsetof(kinds{}.Bool), Kind: Bool, Flags: res},
			{Key: `,"int":`, Off: unsafe.Offsetof(kinds{}.Int), Kind: Int, Flags: res | Required},
			{Key: `,"int32":`, Off: unsafe.Offsetof(kinds{}.Int32), Kind: Int32, Flags: res},
			{Key: `,"int64":`, Off: unsafe.Offsetof(kinds{}.Int64), Kind: Int64, Flags: res | Nullable},
			{Key: `,"uint64":`, Off: unsafe.Offsetof(kinds{}.Uint64), Kind: Uint64, Flags: res},
			{Key: `,"float32":`, Off: unsafe.Offsetof(kinds{}.Float32), Kind: Float32, Flags: res},
			{Key: `,"float64":`, Off: unsafe.Offsetof(kinds{}.Float64), Kind: Float64, Flags: res},
			{Key: `,"decimal":`, Off: unsafe.Offsetof(kinds{}.Decimal), Kind: Decimal, Flags: res},
			{Key: `,"time":`, Off: unsafe.Offsetof(kinds{}.Time), Kind: Time, Flags: res},
			{Key: `,"bytes":`, Off: unsafe.Offsetof(kinds{}.Bytes), Kind: Bytes, Flags: res},
			{Key: `,"any":`, Off: unsafe.Offsetof(kinds{}.Any), Kind: Any, Flags: res},
			{Key: `,"object":`, Off: unsafe.Offsetof(kinds{}.Object), Kind: Object, Flags: res, Sub: ty(tBandwidth)},
			{Key: `,"pointer":`, Off: unsafe.Offsetof(kinds{}.Pointer), Kind: Object, Flags: res | Pointer, Sub: ty(tBandwidth)},
			{Key: `,"strings":`, Off: unsafe.Offsetof(kinds{}.Strings), Kind: Strings, Flags: res},
			{Key: `,"ints":`, Off: unsafe.Offsetof(kinds{}.Ints), Kind: Slice, Flags: res, Sub: ty(tInt)},
			{Key: `,"matrix":`, Off: unsafe.Offsetof(kinds{}.Matrix), Kind: Slice, Flags: res, Sub: ty(tFloats)},
			{Key: `,"lists":`, Off: unsafe.Offsetof(kinds{}.Lists), Kind: Slice, Flags: res, Sub: ty(tStrings)},
			{Key: `,"names":`, Off: unsafe.Offsetof(kinds{}.Names), Kind: Map, Flags: res, Sub: ty(tString)},
			{Key: `,"deep":`, Off: unsafe.Offsetof(kinds{}.Deep), Kind: Map, Flags: res, Sub: ty(tBandwidths)},
			{Key: `,"anys":`, Off: unsafe.Offsetof(kinds{}.Anys), Kind: Slice, Flags: res, Sub: ty(tAny)},
			{Key: `,"times":`, Off: unsafe.Offsetof(kinds{}.Times), Kind: Slice, Flags: res, Sub: ty(tTime)},
			{Key: `,"pointers":`, Off: unsafe.Offsetof(kinds{}.Pointers), Kind: Slice, Flags: res, Sub: ty(tPointer)},
			{Key: `,"opts":`, Off: unsafe.Offsetof(kinds{}.Opts), Kind: Slice, Flags: res, Sub: ty(tOptString)},
			{Key: `,"yes_no":`, Off: unsafe.Offsetof(kinds{}.YesNo), Kind: Wired, Flags: res, Sub: wy(wYesNo)},
			{Key: `,"int_text":`, Off: unsafe.Offsetof(kinds{}.IntText), Kind: Wired, Flags: res, Sub: wy(wInt)},
			{Key: `,"long_text":`, Off: unsafe.Offsetof(kinds{}.LongText), Kind: Wired, Flags: res, Sub: wy(wInt64)},
			{Key: `,"real_text":`, Off: unsafe.Offsetof(kinds{}.RealText), Kind: Wired, Flags: res, Sub: wy(wFloat)},
			{Key: `,"csv":`, Off: unsafe.Offsetof(kinds{}.CSV), Kind: Wired, Flags: res, Sub: wy(wCSV)},
			{Key: `,"numbers":`, Off: unsafe.Offsetof(kinds{}.Numbers), Kind: Wired, Flags: res, Sub: wy(wNumbers)},
			{Key: `,"day_time":`, Off: unsafe.Offsetof(kinds{}.DayTime), Kind: Wired, Flags: res, Sub: wy(wDayTime)},
			{Key: `,"a \"quoted\" name/é":`, Off: unsafe.Offsetof(kinds{}.Flags), Kind: Slice, Flags: res, Sub: ty(tBool)},
			{Key: `,"plain":`, Off: unsafe.Offsetof(kinds{}.Plain), Kind: Object, Flags: res, Sub: ty(tPolicyAction)},
			{Key: `,"constant":`, Kind: Constant, Flags: res, Const: `"fixed"`},
		}}),
		tOptions: fields(Type{Name: "options", Kind: Struct, Flags: Open, Size: unsafe.Sizeof(options{}), Fields: []Field{
			{Key: `,"string":`, Off: unsafe.Offsetof(options{}.String), Kind: String, Flags: Optional | Nullable},
			{Key: `,"bool":`, Off: unsafe.Offsetof(options{}.Bool), Kind: Bool, Flags: Optional | Nullable},
			{Key: `,"int":`, Off: unsafe.Offsetof(options{}.Int), Kind: Int, Flags: Optional | Nullable},
			{Key: `,"int32":`, Off: unsafe.Offsetof(options{}.Int32), Kind: Int32, Flags: Optional | Nullable},
			{Key: `,"int64":`, Off: unsafe.Offsetof(options{}.Int64), Kind: Int64, Flags: Optional | Nullable},
			{Key: `,"uint64":`, Off: unsafe.Offsetof(options{}.Uint64), Kind: Uint64, Flags: Optional | Nullable},
			{Key: `,"float32":`, Off: unsafe.Offsetof(options{}.Float32), Kind: Float32, Flags: Optional | Nullable},
			{Key: `,"float64":`, Off: unsafe.Offsetof(options{}.Float64), Kind: Float64, Flags: Optional | Nullable},
			{Key: `,"decimal":`, Off: unsafe.Offsetof(options{}.Decimal), Kind: Decimal, Flags: Optional | Nullable},
			{Key: `,"time":`, Off: unsafe.Offsetof(options{}.Time), Kind: Time, Flags: Optional | Nullable},
			{Key: `,"bytes":`, Off: unsafe.Offsetof(options{}.Bytes), Kind: Bytes, Flags: Optional | Nullable},
			{Key: `,"any":`, Off: unsafe.Offsetof(options{}.Any), Kind: Any, Flags: Optional | Nullable},
			{Key: `,"object":`, Off: unsafe.Offsetof(options{}.Object), Kind: Object, Flags: Optional | Nullable, Sub: ty(tBandwidth)},
			{Key: `,"pointer":`, Off: unsafe.Offsetof(options{}.Pointer), Kind: Object, Flags: Optional | Nullable | Pointer, Sub: ty(tBandwidth)},
			{Key: `,"strings":`, Off: unsafe.Offsetof(options{}.Strings), Kind: Strings, Flags: Optional | Nullable},
			{Key: `,"ints":`, Off: unsafe.Offsetof(options{}.Ints), Kind: Slice, Flags: Optional | Nullable, Sub: ty(tInt)},
			{Key: `,"names":`, Off: unsafe.Offsetof(options{}.Names), Kind: Map, Flags: Optional | Nullable, Sub: ty(tString)},
			{Key: `,"yes_no":`, Off: unsafe.Offsetof(options{}.YesNo), Kind: Wired, Flags: Optional | Nullable, Sub: wy(wYesNo)},
			{Key: `,"csv":`, Off: unsafe.Offsetof(options{}.CSV), Kind: Wired, Flags: Optional | Nullable, Sub: wy(wCSV)},
			{Key: `,"day_time":`, Off: unsafe.Offsetof(options{}.DayTime), Kind: Wired, Flags: Optional | Nullable, Sub: wy(wDayTime)},
		}}),
		tWide:       wideType(),
		tString:     {Name: "string", Kind: String, Size: unsafe.Sizeof(""), Store: Store[string], Range: Range[string]},
		tInt:        {Name: "int", Kind: Int, Store: Store[int], Range: Range[int]},
		tFloat64:    {Name: "float64", Kind: Float64},
		tFloats:     {Name: "[]float64", Kind: Slice, Sub: ty(tFloat64)},
		tStrings:    {Name: "[]string", Kind: Strings},
		tBandwidths: {Name: "[]bandwidth", Kind: Slice, Sub: ty(tBandwidth), Store: Store[[]bandwidth], Range: Range[[]bandwidth]},
		tAny:        {Name: "Raw", Kind: Any, Store: Store[Raw], Range: Range[Raw]},
		tTime:       {Name: "time.Time", Kind: Time},
		tPointer:    {Name: "*bandwidth", Kind: Object, Flags: Pointer | Nullable, Sub: ty(tBandwidth)},
		tOptString:  {Name: "Opt[string]", Kind: String, Flags: Optional | Nullable, Size: unsafe.Sizeof(Opt[string]{}), Slice: (*[]Opt[string])(nil)},
		tBool:       {Name: "bool", Kind: Bool},
		tGroups:     {Name: "[]group", Kind: Slice, Sub: ty(tGroup)},
		tMap:        {Name: "map[string]string", Kind: Map, Sub: ty(tString)},
	}, moreTypes()...))
	for i, w := range append([]Wire{
		wYesNo:   {Kind: WireBool, True: "yes", False: "no"},
		wInt:     {Kind: WireInt},
		wInt64:   {Kind: WireInt64},
		wFloat:   {Kind: WireFloat},
		wCSV:     {Kind: WireList, Separator: ",", Elem: String},
		wNumbers: {Kind: WireList, Separator: ", ", Elem: Int},
		wDayTime: {Kind: WireTime, Layouts: []string{"15:04", "2006-01-02T15:04Z", "2006-01-02T15:04:05Z"}},
	}, moreWires...) {
		testWires[i] = Type{Kind: Wired, Wire: &w}
	}
	for i, text := range moreTexts {
		testTexts[i] = Type{Kind: Marshaled, Text: &text}
	}
}

func wideType() Type {
	t := Type{Name: "wide", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(wide{}), Presence: unsafe.Offsetof(wide{}.presence)}
	for i := range (wide{}).F {
		t.Fields = append(t.Fields, Field{Key: Key("field" + strconv.Itoa(i)), Off: uintptr(i) * unsafe.Sizeof(0), Kind: Int, Flags: res | Required})
	}
	return fields(t)
}

func (v *groupList) ref() Ref     { return refAt(ty(tGroupList), address(v)) }
func (v *group) ref() Ref         { return refAt(ty(tGroup), address(v)) }
func (v *policyRequest) ref() Ref { return refAt(ty(tPolicyRequest), address(v)) }
func (v *node) ref() Ref          { return refAt(ty(tNode), address(v)) }
func (v *kinds) ref() Ref         { return refAt(ty(tKinds), address(v)) }
func (v *options) ref() Ref       { return refAt(ty(tOptions), address(v)) }
func (v *wide) ref() Ref          { return refAt(ty(tWide), address(v)) }

// pointerTo is for values that are no struct.
func pointerTo[T any](v *T) pointer { return address(v) }

func refAt(t *Type, p pointer) Ref { return At(t, unsafe.Pointer(p)) }

func address[T any](v *T) *byte { return (*byte)(unsafe.Pointer(v)) }
