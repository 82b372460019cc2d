package plan

// verbs are the words that say what a call does, as they begin the names of operations. A word that is
// missing here costs a shorter method name, nothing else; one that is wrongly here may tear a noun apart. The names
// of published methods are in the lock, so additions rename nothing.
const verbs wordList = `abort accept acknowledge acquire activate add adjust allocate allow amend analyze annotate append apply approve
	archive assign associate attach attempt authenticate authorize backup ban begin bind block book build buy calculate call cancel capture change
	charge check claim clean clear clone close collect commit compare complete compute configure confirm connect consume convert copy count create
	deactivate decline decrypt delete deliver demote deny deploy deprecate deregister describe deschedule destroy detach detect disable
	disassociate discard disconnect discover dismiss download drain draft duplicate edit embed enable encrypt end enqueue enroll ensure
	estimate evaluate exchange exclude execute exists expand expire export extend extract fail fetch fill filter find finish flush follow force fork
	forward generate get grant has head hide identify ignore import increment index ingest init initialize initiate insert inspect install invalidate
	invite invoke issue join kick kill launch leave like link list load lock login logout lookup make mark match merge migrate modify monitor move
	mute notify obtain open parse patch pause pay perform pin ping play poll post predict prepare preview process promote provision prune publish
	pull purge push put query queue read reauthorize rebuild receive recalculate recover redeem refresh refund refuse regenerate register reject
	release reload remove rename render renew reopen reorder repair replace replay reply report request reschedule resend reserve reset resize
	resolve respond restart restore resubmit resume retrieve retry return reveal reverse revert review revoke rollback rotate run sample save
	scale scan schedule search select send set share show shutdown sign signin signout signup simulate skip sort split start stop store stream
	submit subscribe suggest suspend swap switch sync synchronize tag terminate test toggle touch track transfer transform translate
	trigger unarchive unassign unban unblock undelete undo unfollow unhide uninstall unlink unlock unmark unmute unpause unpin unpublish
	unregister unset unstar unsubscribe untag update upgrade upload upsert validate verify view void wait watch withdraw write`

// scopes of a verb: bulkCreate, batchGet.
const verbScopes wordList = "bulk batch mass multi"

// articles between a verb and its noun say nothing: createAPet.
const articles wordList = "a an the"

// prepositions go on after a noun: listPetsByOwner. A name that begins with one is no name.
const prepositions wordList = "about after and as at before between by for from in into of on or per since through to under via with within without"

// fillers end the names of resources and say nothing of what they hold: pet-controller.
const fillers wordList = "api apis controller endpoint endpoints management operation operations resource resources service services"
